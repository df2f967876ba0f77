import { requestHash } from '@/lib/gate/baseline';
import type { Check } from '@/lib/gate/check';
import { exitCodeOf, exitCodes } from '@/lib/gate/exit';
import type { CaseResult } from '@/lib/gate/judge';
import { sayCase } from '@/lib/words/gate';

/** A check for programs: outcomes and facts, beside the sentences made of them. The runs are kept apart, one file a case. */
export function toCheckJson(check: Check): string {
  const { suite, title, results, notBegun, stopped } = check;
  const file = { format: 'seedbed-check', v: 1, suite, title, stopped, exitCode: exitCodeOfCheck(check) };
  return `${JSON.stringify({ ...file, cases: results.map(toCase), notBegun }, null, 2)}\n`;
}

export const exitCodeOfCheck = ({ results, stopped }: Check): number =>
  stopped ? exitCodes.stopped : exitCodeOf(results.map(({ outcome }) => outcome));

function toCase(result: CaseResult) {
  const { id, line, outcome, demands, recipe, counts, among, fingerprints } = result;
  const { fingerprintChanged, retirement, judgedBefore } = result;
  return {
    ...{ id, line, outcome },
    said: sayCase(result),
    requestHash: requestHash(recipe),
    runs: counts,
    ...{ demands, fingerprints, fingerprintChanged, retirement, judgedBefore, leftOut: among.leftOut },
  };
}
