import { sentences } from './english';

/**
 * Why there are no (more) results; `message` is that of what was thrown, or null if the program that compares is not there.
 * `choice` is whether there is another view to choose: choosing one compares anew.
 */
export function sayComparisonFailure(message: string | null, choice: boolean): string {
  const what =
    message === null
      ? 'The comparison could not be started. Is the server running?'
      : `The comparison failed: ${message.replace(/\.$/, '')}.`;
  return sentences(what, choice ? 'Change the view to try again.' : 'Reload the page to try again.');
}
