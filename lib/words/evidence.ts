import type { EqualRunsProof } from '@/lib/compare/measure/agreement';
import type { Evidence } from '@/lib/compare/measure/evidence';
import { capital, plural, sentences } from './english';
import { sayLeftOut, sayReason } from './left-out';
import { sayPercent, sayRounded } from './numbers';
import { sayRuns } from './runs';

/** A figure with its name. */
type Figure = { name: string; value: string };

/** The figures behind a verdict, in the order in which they are shown; those that there are none of are left out. */
export function sayEvidence(evidence: Evidence): Figure[] {
  const { modal, firstDifference, pairwiseMatch, changeBound, leftOut, planned, compared } = evidence;
  const figures: [name: string, value: string | null][] = [
    ['Compared', `${compared} of ${planned} runs`],
    ['Different texts', String(evidence.texts)],
    ['Most common', modal && sayModal(modal)],
    ['Pairs that match', pairwiseMatch === null ? null : sayPercent(pairwiseMatch)],
    ['Effective number of texts', sayRounded(evidence.effectiveTexts, 2)],
    ['First difference', firstDifference && sayFirstDifference(firstDifference)],
    [
      'What equal runs prove',
      changeBound === null
        ? null
        : `a text that changes in up to ${sayPercent(changeBound)} of runs would still give this 1 time in 20`,
    ],
    [
      'Left out',
      leftOut.length === 0 ? null : leftOut.map(({ run, reason }) => `run ${run} ${sayReason(reason)}`).join(' '),
    ],
  ];
  return figures.flatMap(([name, value]) => (value === null ? [] : [{ name, value }]));
}

const sayModal = ({ k, n, share, wilson, exact }: NonNullable<Evidence['modal']>): string =>
  `${k} of ${n}, ${sayPercent(share)}; 95 % interval ${sayPercent(wilson[0])} to ${sayPercent(wilson[1])} (Wilson), ${sayPercent(exact[0])} to ${sayPercent(exact[1])} (exact)`;

const sayFirstDifference = ({ word, character, token }: NonNullable<Evidence['firstDifference']>): string =>
  `word ${word}, character ${character}${token === null ? '' : `, token ${token}`}`;

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

/** What so many equal runs prove, and what more of them would. */
export function sayProof({ runs, bound, more: [few, many] }: EqualRunsProof, exact: boolean): string {
  const upTo = (share: number): string => `${Math.round(100 * share)} %`;
  const worth = exact
    ? 'Here it is more than evidence: Seedling is a fixed program, so the same recipe must give the same text. Of a model behind an API, equal runs alone would show less.'
    : 'Equal runs are evidence, not proof.';
  return sentences(
    worth,
    `A text that changes in up to ${upTo(bound)} of runs would still give ${runs} equal runs one time in twenty.`,
    `With ${few.runs} equal runs that falls to ${upTo(few.bound)}, with ${many.runs} to ${upTo(many.bound)}.`,
  );
}
