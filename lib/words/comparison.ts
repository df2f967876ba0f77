import { sentences } from './english';

/** Why there are no (more) results; `message` is that of what was thrown, or null if the program that compares is not there. */
export function sayComparisonFailure(message: string | null): string {
  const what =
    message === null
      ? 'The comparison could not be started. Is the server running?'
      : `The comparison failed: ${message.replace(/\.$/, '')}.`;
  return sentences(what, 'Change the view to try again.');
}
