import type { Destination } from '@/lib/compare/measure/destinations';
import type { OwnKeyUse } from '@/lib/compare/measure/own-keys';
import { capital, firstFew, inShort, listed } from './english';
import { sayRuns } from './runs';

const unrecorded = 'address not recorded';

/** Where a run was sent: "http://127.0.0.1:8281/v1", "inside Seedbed", "address not recorded". */
export function sayDestination(destination: Destination): string {
  if (destination.kind === 'address') return destination.address;
  return destination.kind === 'inside' ? 'inside Seedbed' : unrecorded;
}

/** Where several runs were sent: "http://a/v1, http://b/v1 (not recorded for all runs)"; '' for no run. */
export function sayDestinations(destinations: readonly Destination[]): string {
  const known = destinations.filter(({ kind }) => kind !== 'unrecorded');
  if (known.length === 0) return destinations.length === 0 ? '' : unrecorded;
  return `${inShort(known.map(sayDestination))}${known.length < destinations.length ? ' (not recorded for all runs)' : ''}`;
}

/** "http://localhost:11434/v1 answered one run at a time: each text began when the one before it had ended." */
export const sayOneAtATime = (addresses: readonly string[]): string =>
  addresses.length === 0
    ? ''
    : `${listed(addresses)} answered one run at a time: each text began when the one before it had ended. More runs at once take no less time there.`;

/**
 * Where the runs of an experiment were sent: "Sent to http://127.0.0.1:8281/v1." '' where there is nothing to say, since
 * all stayed inside Seedbed or none was sent. `imported`: that is what a file says, this server has not seen it.
 */
export function saySentTo(groups: readonly { destination: Destination; runs: number[] }[], imported: boolean): string {
  const [only, ...others] = groups;
  if (!only) return '';
  const source = imported ? ', says the imported file' : '';
  if (others.length > 0) {
    const places = groups.map(({ destination, runs }) => `${sayRuns(runs)}: ${sayDestination(destination)}`);
    return `Not all sent to one address${source}. ${capital(firstFew(places, (more) => `${more} more`))}.`;
  }
  switch (only.destination.kind) {
    case 'inside':
      return '';
    case 'unrecorded':
      return imported ? '' : 'Where these runs were sent was not recorded.';
    case 'address':
      return `Sent to ${only.destination.address}${source}.`;
  }
}

/** That runs were made with a visitor's own key, and where it was masked in what was answered; '' if none was. */
export function sayOwnKeyUse({ all, runs, masked }: OwnKeyUse): string {
  if (runs.length === 0) return '';
  const which = all ? 'With' : `${capital(sayRuns(runs))} with`;
  const said = masked.length === 0 ? '' : ` [key] stands in ${sayRuns(masked)} where that key stood in the answer.`;
  return `${which} the visitor’s key.${said}`;
}
