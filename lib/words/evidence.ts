import type { Evidence } from '@/lib/compare/measure/evidence';
import { capital, plural } from './english';
import { nameFork } from './fork';
import { sayLeftOut, sayReason } from './left-out';
import { sayPercent, sayRounded } from './numbers';
import { sayRuns } from './runs';

/** A figure with its name. */
type Figure = { name: string; value: string };

/** The figures behind a verdict, in the order in which they are shown; those that there are none of are left out. */
export function sayEvidence(evidence: Evidence): Figure[] {
  const { modal, firstDifference, pairwiseMatch, equalRunsBound, leftOut, planned, compared } = evidence;
  const figures: [name: string, value: string | null][] = [
    ['Compared', `${compared} of ${planned} runs`],
    ['Distinct texts', String(evidence.texts)],
    ['Most common', modal && sayModal(modal)],
    ['Pairs that match', pairwiseMatch === null ? null : sayPercent(pairwiseMatch)],
    ['Effective number of texts', sayRounded(evidence.effectiveTexts, 2)],
    ['First difference', firstDifference && sayFirstDifference(firstDifference)],
    [
      'What equal runs prove',
      equalRunsBound === null
        ? null
        : `with a most common text in less than ${sayPercent(equalRunsBound)} of runs, this comes at most 1 time in 20`,
    ],
    [
      'Left out',
      leftOut.length === 0 ? null : leftOut.map(({ run, reason }) => `run ${run} ${sayReason(reason)}`).join(' '),
    ],
  ];
  return figures.flatMap(([name, value]) => (value === null ? [] : [{ name, value }]));
}

function sayModal({ k, n, share, interval }: NonNullable<Evidence['modal']>): string {
  const seen = `${k} of ${n}, ${sayPercent(share)}`;
  if (!interval) return seen;
  const [low, high] = interval.map(sayPercent);
  return `${seen}; 95 % interval ${low} to ${high} for a text picked because it came most often`;
}

const sayFirstDifference = ({ token, ...place }: NonNullable<Evidence['firstDifference']>): string =>
  `${nameFork(place)}, character ${place.character}${token === null ? '' : `, token ${token}`}`;

/** What must be said along with the figures, a sentence or two each. */
export function sayNotes({ leftOut, atLimit, imported, promptCached }: Evidence): string[] {
  return [
    leftOut.length > 0 && `Left out: ${sayLeftOut(leftOut)}`,
    atLimit.length > 0 &&
      `${capital(sayRuns(atLimit))} ended at the token limit and ${plural(atLimit.length, 'is', 'are')} compared up to it.`,
    imported > 0 &&
      `${imported} compared ${plural(imported, 'run was', 'runs were')} imported: this server did not see ${plural(imported, 'it', 'them')} being made.`,
    promptCached.length > 0 &&
      `${capital(sayRuns(promptCached))} took part of the prompt from the provider’s cache, the others did not: that alone may round numbers differently.`,
  ].filter((note) => note !== false);
}
