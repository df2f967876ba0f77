import { requestHash } from '@/lib/gate/baseline';
import { oneLook } from '@/lib/gate/decision';
import { type Baselines, judgeCase } from '@/lib/gate/judge';
import type { SuiteCase } from '@/lib/gate/suite';
import { BadUse } from './command';
import { type KeptCase, readKept } from './kept';
import type { FoundSuite } from './suites';

/** What the last check can have left of a case, by which cases are chosen. */
export const selections = ['failing', 'errors', 'changed'] as const;
type Selection = (typeof selections)[number];

/** The suite with only those cases. Throws BadUse if there is no such choice. */
export function selected(suite: FoundSuite, only: string | undefined, baselines: Baselines): FoundSuite {
  if (only === undefined) return suite;
  const selection = selections.find((each) => each === only);
  if (!selection) throw new BadUse(`--only must be ${selections.join(', ')}, not "${only}".`);
  const cases = suite.cases.filter((each) => isLeft(selection, each, readKept(suite, each.id), baselines));
  return { ...suite, cases };
}

/** "changed" is also what asks something else by now, or has not been asked yet. */
function isLeft(selection: Selection, each: SuiteCase, kept: KeptCase | null, baselines: Baselines): boolean {
  const isSame = kept !== null && requestHash(kept.recipe) === requestHash(each.recipe);
  if (!isSame) return selection === 'changed';
  const { outcome, fingerprintChanged } = judgeCase(each, kept.runs, baselines, oneLook(kept.runs.length).tail);
  switch (selection) {
    case 'failing':
      return outcome === 'fails';
    case 'errors':
      return kept.runs.some(({ status }) => status === 'failed');
    case 'changed':
      return fingerprintChanged === true;
  }
}
