import { toBaseline } from '@/lib/gate/baseline';
import { Demand } from '@/lib/gate/demand';
import type { Baselines } from '@/lib/gate/judge';
import { defaultRuns, type PlacedCase } from '@/lib/gate/suite';
import { armProvider, armRequests } from '@/lib/recipe/plan';
import { isProbe } from '@/lib/recipe/probe';
import type { Recipe } from '@/lib/recipe/recipe';
import type { OverRun } from '@/lib/run/record';
import { BadUse } from './command';
import { readExperiment } from './experiments';
import { chosenCases, type FoundSuite } from './suites';
import type { World } from './world';

/** An experiment as a suite, and the baselines that its stored runs are. */
export type LinkedSuite = { suite: FoundSuite; baselines: Baselines };

/** A permalink as it was typed, and the id in it. */
type Link = { path: string; id: string };

/**
 * A permalink as a suite: a case for each of its settings, which is asked as often as a case usually is, and demands what a baseline
 * does: the text that most of the stored runs have. Throws BadUse.
 */
export async function findLinked(link: Link, ids: readonly string[], world: World): Promise<LinkedSuite> {
  const { path } = link;
  const { recipe, runs, title, exported } = await readExperiment(path, world);
  if (isProbe(recipe)) throw new BadUse(`${path} is a probe: \`seedbed probe\` makes one again.`);
  const requests = armRequests(recipe);
  const cases = requests.map((request, arm): PlacedCase => {
    const id = requests.length === 1 ? link.id : `${link.id}-${arm + 1}`;
    const { dispatch } = recipe;
    const alone: Recipe = {
      ...{ v: 1, provider: armProvider(recipe, arm), request, repeats: defaultRuns },
      ...(dispatch === undefined ? {} : { dispatch }),
    };
    const demands = [Demand.parse({ kind: 'baseline', file: fileOf(path, id) })];
    const placeOf = (field: string) => ({ line: 1, column: 1, field });
    const places = { provider: placeOf('recipe.provider'), model: placeOf('recipe.request.model') };
    return { id, line: 1, recipe: alone, demands, places };
  });
  const baselines = cases.flatMap(({ id, recipe }, arm) => {
    const baseline = toBaseline(recipe, runsOf(runs, arm), exported?.createdAt ?? world.now().toISOString());
    return baseline ? [[fileOf(path, id), baseline] as const] : [];
  });
  const suite = { path, folder: world.cwd, title, cache: false, prices: {}, cases: chosenCases(cases, ids, path) };
  return { suite, baselines: new Map(baselines) };
}

/** What a baseline is called in reports: the link, and which of its settings where there are several. */
const fileOf = (link: string, id: string): string => (link.endsWith(id) ? link : `${link} (${id})`);

/** The runs of one arm, as those of a recipe without arms. */
const runsOf = (runs: readonly OverRun[], arm: number): OverRun[] =>
  runs.filter((run) => run.arm === arm).map((run) => ({ ...run, run: run.repeat, arm: 0 }));
