import type { CaseResult } from './judge';
import type { SuiteCase } from './suite';

/** A case of which nothing was sent, since somebody stopped the check before. */
export type NotBegun = Pick<SuiteCase, 'id' | 'line'>;

/** A suite, checked. `suite` is its path as it was named; `stopped`: somebody ended it before all cases were made. */
export type Check = {
  suite: string;
  title: string | null;
  results: CaseResult[];
  notBegun: readonly NotBegun[];
  stopped: boolean;
};

/** What whoever reads a report should see first: 0. */
function rankOf({ outcome, fingerprintChanged, retirement }: CaseResult): number {
  if (outcome !== 'holds') return ['fails', 'undecided', 'not-judged'].indexOf(outcome);
  if (fingerprintChanged) return 3;
  return retirement ? 4 : 5;
}

/**
 * The cases in the order of their importance: failing, undecided, not judged, another fingerprint than before, a model that is shut
 * down soon, the rest.
 */
export const byImportance = (results: readonly CaseResult[]): CaseResult[] =>
  results.toSorted((a, b) => rankOf(a) - rankOf(b));

/** Whether there is something to say of a case to somebody who looks at what is not as it should be. */
export const isNews = (result: CaseResult): boolean => rankOf(result) < 5;
