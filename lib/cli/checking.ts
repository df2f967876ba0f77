import { isComparable } from '@/lib/compare/measure/comparable';
import { type Looks, looksUpTo, oneLook } from '@/lib/gate/decision';
import { asStopped, type Baselines, type CaseResult, isSettled, judgeCase } from '@/lib/gate/judge';
import type { FileProblem, NotAskable } from '@/lib/gate/problem';
import { retirementAt } from '@/lib/gate/retirement';
import type { PlacedCase, SuiteCase } from '@/lib/gate/suite';
import { plan } from '@/lib/recipe/plan';
import { limits, type Recipe } from '@/lib/recipe/recipe';
import { ok } from '@/lib/result';
import { urlOf } from '@/lib/run/events';
import type { Experiment } from '@/lib/run/fold';
import { isOver, type OverRun, wasSent } from '@/lib/run/record';
import { AnswerCache, addressOf } from './answer-cache';
import { BadUse, type Options, type Typed, wholeNumber } from './command';
import { findKept, type KeptCase, keep, nothingKept, type Resumed } from './kept';
import { ListedModels } from './listed-models';
import { findProviders, type Providers, providersFor } from './providers';
import { madeOf, makeRuns, type Running } from './running';
import { readSending, sendingOptions } from './sending';
import { ServerAsked, serverAt } from './server-asked';
import { type FoundSuite, sayProblems } from './suites';
import type { World } from './world';

/** How the runs of a check are made. */
export const makingOptions: Options = {
  runs: { value: 'N', short: 'n', about: 'runs of each case, in place of what the suite says' },
  'until-decided': { value: 'MAX', about: 'end a case as soon as it is decided, after MAX runs at most' },
  sequential: { about: 'one run after the other' },
  ...sendingOptions,
  server: { value: 'URL', about: 'have a running Seedbed make the runs, with its own providers and keys' },
  cache: { about: 'take answers of earlier checks in place of calls; they count in no share' },
  'no-cache': { about: 'ask, even if the suite says cache: true' },
  resume: { about: 'make only the runs that the last check did not' },
};

/** A case that is about to be run, with whom it asks, when it is looked at, and what it goes on from. */
type Planned = SuiteCase & { asked: Running['asked']; looks: Looks; resumed: Resumed };

/** What all cases have in common when they are run. */
type Making = {
  baselines: Baselines;
  cache: AnswerCache | null;
  atOnce: number | undefined;
  listed: ListedModels;
  watch?: (experiment: Experiment) => void;
};

/** What is to be run, as the options want it. Throws BadUse; nothing has been sent by then. */
export function planCheck(
  suite: FoundSuite,
  baselines: Baselines,
  typed: Typed,
  world: World,
): { planned: Planned[]; making: Making } {
  const sending = readSending(typed);
  const server = serverOf(typed);
  const cache = usesCache(suite, typed) ? new AnswerCache(world) : null;
  if (cache && server) throw new BadUse('What a server answers is not cached: leave out --server, or --cache.');
  const providers: Providers = server ? new Map() : findProviders(world, sending);
  const listed = new ListedModels(providers);
  const making = { baselines, cache, atOnce: sending.atOnce, listed };
  return { planned: planCases(suite, typed, server ?? providers), making };
}

function usesCache({ cache }: FoundSuite, typed: Typed): boolean {
  if (typed.has('cache') && typed.has('no-cache')) throw new BadUse('Give either --cache or --no-cache.');
  return typed.has('cache') || (cache && !typed.has('no-cache'));
}

/** The server that is to make the runs, if one is. Throws BadUse. */
function serverOf(typed: Typed): ServerAsked | null {
  const address = typed.get('server');
  if (address === undefined) return null;
  const own = Object.keys(sendingOptions).find((option) => typed.has(option));
  if (own !== undefined) throw new BadUse(`--${own} is for calls from here: with --server that is up to the server.`);
  return serverAt(address);
}

/** The cases as the options want them. Throws BadUse if a provider or a model is not known here. */
function planCases(suite: FoundSuite, typed: Typed, asked: Providers | ServerAsked): Planned[] {
  const runs = wholeNumber(typed, 'runs', 1, limits.runs);
  const max = wholeNumber(typed, 'until-decided', 1, limits.runs);
  if (runs !== undefined && max !== undefined) throw new BadUse('Give either --runs or --until-decided.');
  const problems: FileProblem[] = [];
  const planned = suite.cases.flatMap((each): Planned[] => {
    const repeats = max ?? runs ?? each.recipe.repeats;
    const dispatch = typed.has('sequential') ? { dispatch: 'sequential' as const } : {};
    const found = asked instanceof ServerAsked ? ok(asked) : providersFor(asked, each.recipe);
    if (!found.ok) problems.push(problemOf(each, found.error));
    if (!found.ok) return [];
    const looks = max === undefined ? oneLook(repeats) : looksUpTo(max);
    const whole = { ...each, recipe: { ...each.recipe, ...dispatch, repeats }, asked: found.value };
    const resumed = typed.has('resume') ? resume(suite, whole) : nothingKept;
    return [{ ...whole, looks: looksAfter(resumed.runs, looks), resumed }];
  });
  if (problems.length > 0) throw new BadUse(sayProblems(suite.path, problems));
  return planned;
}

/** Why a case cannot be run, at the field that is wrong. */
const problemOf = ({ places }: PlacedCase, fault: NotAskable): FileProblem => ({
  ...(fault.kind === 'no-model' ? places.model : places.provider),
  fault,
});

/** The looks that are left: one at fewer runs than there are would be at more than it was planned and paid for. */
function looksAfter(runs: readonly OverRun[], { at, tail }: Looks): Looks {
  const made = Math.max(0, ...runs.filter(wasSent).map(({ run }) => run));
  return { at: at.filter((look) => look >= made || look === at.at(-1)), tail };
}

/** What the last check of a case has left. Where another address answered, its runs say nothing of this one. */
function resume(suite: FoundSuite, { asked, ...each }: Omit<Planned, 'looks' | 'resumed'>): Resumed {
  const { runs, beyond, judgedWith } = findKept(suite, each);
  const isOfAddress = ({ endpoint }: OverRun) =>
    asked instanceof ServerAsked || !endpoint || urlOf(endpoint) === addressOf(asked(0));
  return { runs: runs.filter(isOfAddress), beyond: beyond.filter(isOfAddress), judgedWith };
}

/** Makes the runs of a case, as many as it takes, keeps them and judges them. */
export async function checkCase(
  suite: FoundSuite,
  { asked, looks, resumed, ...planned }: Planned,
  { baselines, cache, atOnce, listed, watch }: Making,
  world: World,
): Promise<CaseResult> {
  const { recipe } = planned;
  const retiring = listed.lastDayOf(recipe);
  const address = asked instanceof ServerAsked ? asked.origin : addressOf(asked(0));
  const known = [...resumed.runs, ...(cache ? cachedRuns(cache, { recipe, address }, resumed.runs) : [])];
  const judge = (experiment: Parameters<typeof madeOf>[0]) =>
    judgeCase(planned, madeOf(experiment), baselines, looks.tail);
  const isEnough = (experiment: Experiment) => isSettled(judge(experiment));
  const keepAnswer = (run: OverRun) => cache?.keep({ recipe, address, repeat: run.repeat }, run, world.now());
  const experiment = await makeRuns({ recipe, asked, looks, isEnough, known, atOnce, watch, keep: keepAnswer }, world);
  const judged = judge(experiment);
  const { compared, stopped, unsent } = judged.counts;
  const wasStopped = world.signal.aborted && stopped + unsent > 0;
  const judgedWith = wasStopped || compared === 0 ? resumed.judgedWith : Math.max(compared, resumed.judgedWith ?? 0);
  // What the last check gave is worth more than a case of which nothing was sent.
  if (judged.runs.length > 0) keep(suite, planned.id, { ...withBeyond(experiment, resumed.beyond), judgedWith }, world);
  return {
    ...(wasStopped ? asStopped(judged) : judged),
    retirement: retirementAt(await retiring, world.now()),
    judgedBefore: addsRuns(judged, resumed) ? resumed.judgedWith : null,
  };
}

/** The runs of a check, with those that were kept and that it did not ask for: they were paid for. */
const withBeyond = ({ recipe, runs }: Experiment, beyond: readonly OverRun[]): Pick<KeptCase, 'recipe' | 'runs'> => ({
  recipe: { ...recipe, repeats: Math.max(recipe.repeats, ...beyond.map(({ run }) => run)) },
  runs: [...runs.filter(isOver), ...beyond],
});

/** Whether a case is judged with runs that were not there when it was judged before. */
const addsRuns = ({ runs }: CaseResult, resumed: Resumed): boolean =>
  runs.some((run) => isComparable(run) && !resumed.runs.includes(run));

/** The runs of a recipe that the cache has answers for, but for those that are known already. */
const cachedRuns = (
  cache: AnswerCache,
  { recipe, address }: { recipe: Recipe; address: string | null },
  known: readonly OverRun[],
): OverRun[] =>
  plan(recipe)
    .filter((spec) => known.every(({ run }) => run !== spec.run))
    .flatMap((spec) => {
      const answer = cache.find({ recipe, address, repeat: spec.repeat });
      return answer ? { ...answer, ...spec } : [];
    });
