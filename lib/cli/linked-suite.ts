import { toBaseline } from '@/lib/gate/baseline';
import { Demand } from '@/lib/gate/demand';
import type { Baselines } from '@/lib/gate/judge';
import { defaultRuns, type SuiteCase } from '@/lib/gate/suite';
import { armProvider, armRequests } from '@/lib/recipe/plan';
import { isProbe } from '@/lib/recipe/probe';
import type { Recipe } from '@/lib/recipe/recipe';
import type { OverRun } from '@/lib/run/record';
import { BadUse } from './command';
import { readExperiment } from './experiments';
import { permalinkIn } from './permalink';
import type { FoundSuite } from './suites';
import type { World } from './world';

/** An experiment as a suite, and the baselines that its stored runs are. */
export type LinkedSuite = { suite: FoundSuite; baselines: Baselines };

/**
 * A permalink as a suite: a case for each of its settings, which is asked as often as a case usually is, and demands what a baseline
 * does: the text that most of the stored runs have. Throws BadUse.
 */
export async function findLinked(link: string, others: readonly string[], world: World): Promise<LinkedSuite> {
  const found = permalinkIn(link);
  const { recipe, runs, title, exported } = await readExperiment(link, world);
  if (isProbe(recipe)) throw new BadUse(`${link} is a probe: \`seedbed probe\` makes one again.`);
  const cases = armRequests(recipe).map((_, arm) => caseOf(recipe, arm, found?.id ?? '', link));
  const baselines = cases.flatMap(({ id, recipe }, arm) => {
    const baseline = toBaseline(recipe, runsOf(runs, arm), exported?.createdAt ?? world.now().toISOString());
    return baseline ? [[fileOf(link, id), baseline] as const] : [];
  });
  const chosen = others.length === 0 ? cases : cases.filter(({ id }) => others.includes(id));
  const unknown = others.find((id) => cases.every((each) => each.id !== id));
  if (unknown !== undefined)
    throw new BadUse(`${link} has no case "${unknown}". It has ${cases.map(({ id }) => id).join(', ')}.`);
  const suite = { path: link, folder: world.cwd, title, cache: false, prices: {}, cases: chosen };
  return { suite, baselines: new Map(baselines) };
}

function caseOf(recipe: Recipe, arm: number, link: string, path: string): SuiteCase {
  const { arms = [{}], dispatch } = recipe;
  const id = arms.length === 1 ? link : `${link}-${arm + 1}`;
  return {
    ...{ id, line: 1 },
    recipe: {
      ...{ v: 1, provider: armProvider(recipe, arm), repeats: defaultRuns },
      request: armRequests(recipe)[arm] ?? recipe.request,
      ...(dispatch === undefined ? {} : { dispatch }),
    },
    demands: [Demand.parse({ kind: 'baseline', file: fileOf(path, id) })],
  };
}

/** What a baseline is called in reports: the link, and which of its settings where there are several. */
const fileOf = (link: string, id: string): string => (link.endsWith(id) ? link : `${link} (${id})`);

/** The runs of one arm, as those of a recipe without arms. */
const runsOf = (runs: readonly OverRun[], arm: number): OverRun[] =>
  runs.filter((run) => run.arm === arm).map((run) => ({ ...run, run: run.repeat, arm: 0 }));
