import { appendFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { toAnnotations } from '@/lib/export/annotations';
import { exitCodeOfCheck, toCheckJson } from '@/lib/export/check';
import { toJUnit } from '@/lib/export/junit';
import { toSummary } from '@/lib/export/summary';
import type { Check } from '@/lib/gate/check';
import { type Looks, looksUpTo, oneLook } from '@/lib/gate/decision';
import { type Baselines, type CaseResult, isSettled, judgeCase, type Outcome } from '@/lib/gate/judge';
import { retirementAt } from '@/lib/gate/retirement';
import type { SuiteCase } from '@/lib/gate/suite';
import { plan } from '@/lib/recipe/plan';
import { limits, type Recipe } from '@/lib/recipe/recipe';
import type { OverRun } from '@/lib/run/record';
import type { ProviderOf } from '@/lib/server/live-experiment';
import { sayCase, sayCounts, sayOutcome } from '@/lib/words/gate';
import { AnswerCache, addressOf } from './answer-cache';
import { assertAffordable, budgetOption } from './budget';
import { BadUse, type Command, type Typed, wholeNumber } from './command';
import { writeText } from './files';
import { findKept, keep } from './kept';
import { ListedModels } from './listed-models';
import { findProviders, type Providers, providersFor } from './providers';
import { madeOf, makeRuns } from './running';
import { selected, selections } from './selection';
import { readSending, sendingOptions } from './sending';
import { type FoundSuite, findBaselines, findSuite } from './suites';
import { inLine, paint } from './text';
import type { World } from './world';

export const command: Command = {
  words: '[suite] [case…]',
  about:
    'Runs the cases of a suite (seedbed.yaml here, if none is named), and says which hold, fail or cannot be told.',
  options: {
    runs: { value: 'N', short: 'n', about: 'runs of each case, in place of what the suite says' },
    'until-decided': { value: 'MAX', about: 'end a case as soon as it is decided, after MAX runs at most' },
    sequential: { about: 'one run after the other' },
    ...sendingOptions,
    budget: budgetOption,
    cache: { about: 'take answers of earlier checks in place of calls; they count in no share' },
    'no-cache': { about: 'ask, even if the suite says cache: true' },
    only: { value: 'WHICH', about: `only cases that the last check left so: ${selections.join(', ')}` },
    resume: { about: 'make only the runs that the last check did not' },
    json: { about: 'print facts as JSON' },
    md: { about: 'print the summary as Markdown' },
    quiet: { short: 'q', about: 'print only what does not hold, and the counts' },
    junit: { value: 'FILE', about: 'write JUnit’s XML' },
    summary: { value: 'FILE', about: 'write a summary as Markdown' },
  },
  run: check,
};

/** A case that is about to be run, with whom it asks and when it is looked at. */
type Planned = {
  planned: SuiteCase;
  providerOf: ProviderOf;
  looks: Looks;
};

/** How the runs of all cases are made. */
type Making = { baselines: Baselines; resume: boolean; cache: AnswerCache | null; atOnce: number | undefined };

async function check(typed: Typed, world: World): Promise<number> {
  const suite = findSuite(typed.words, world);
  const sending = readSending(typed);
  const making = {
    baselines: findBaselines(suite),
    resume: typed.has('resume'),
    cache: usesCache(suite, typed) ? new AnswerCache(world) : null,
    atOnce: sending.atOnce,
  };
  const providers = findProviders(world, sending);
  const cases = planCases(selected(suite, typed.get('only'), making.baselines), typed, providers);
  assertAffordable(
    typed,
    cases.map(({ planned }) => planned.recipe),
    suite.prices,
  );
  const listed = new ListedModels(providers);
  const done: Check = { suite: suite.path, title: suite.title, results: [], stopped: false };
  for (const [index, each] of cases.entries()) {
    if (world.signal.aborted) break;
    world.progress(`${index + 1} of ${cases.length}: ${each.planned.id}, ${each.planned.recipe.repeats} runs …`);
    const retiring = listed.lastDayOf(each.planned.recipe);
    const judged = await checkCase(suite, each, making, world);
    const result = { ...judged, retirement: retirementAt(await retiring, world.now()) };
    world.progress('');
    done.results.push(result);
    if (isPrinted(typed) && !(typed.has('quiet') && result.outcome === 'holds')) world.print(lineOf(result, world));
  }
  done.stopped = world.signal.aborted;
  if (cases.length === 0) world.tell(`The last check left no case so: ${typed.get('only')}.`);
  report(done, typed, world);
  if (done.stopped) world.tell(`Stopped. What was finished is kept; go on with: ${resuming(suite, typed)}`);
  return exitCodeOfCheck(done);
}

/** Whether each case is printed in a line, as soon as it is judged. */
const isPrinted = (typed: Typed): boolean => !typed.has('json') && !typed.has('md');

function usesCache({ cache }: FoundSuite, typed: Typed): boolean {
  if (typed.has('cache') && typed.has('no-cache')) throw new BadUse('Give either --cache or --no-cache.');
  return typed.has('cache') || (cache && !typed.has('no-cache'));
}

/** What to type to go on: the same once more, with --resume. */
function resuming({ path, cases }: FoundSuite, typed: Typed): string {
  const runs = ['runs', 'until-decided'].flatMap((option) => typed.get(option)?.replace(/^/, `--${option} `) ?? []);
  const ids = typed.words.filter((word) => cases.some(({ id }) => id === word));
  return ['seedbed check', path, ...ids, ...runs, '--resume'].join(' ');
}

/** The cases as the options want them. Throws BadUse if a provider or a model is not known here. */
function planCases(suite: FoundSuite, typed: Typed, providers: Providers): Planned[] {
  const runs = wholeNumber(typed, 'runs', 1, limits.runs);
  const max = wholeNumber(typed, 'until-decided', 1, limits.runs);
  if (runs !== undefined && max !== undefined) throw new BadUse('Give either --runs or --until-decided.');
  const problems: string[] = [];
  const planned = suite.cases.flatMap((each): Planned[] => {
    const repeats = max ?? runs ?? each.recipe.repeats;
    const dispatch = typed.has('sequential') ? { dispatch: 'sequential' as const } : {};
    const found = providersFor(providers, each.recipe);
    if (!found.ok) problems.push(`${suite.path}:${each.line} ${each.id}: ${found.error}`);
    if (!found.ok) return [];
    const looks = max === undefined ? oneLook(repeats) : looksUpTo(max);
    return [{ planned: { ...each, recipe: { ...each.recipe, ...dispatch, repeats } }, providerOf: found.value, looks }];
  });
  if (problems.length > 0) throw new BadUse(problems.join('\n'));
  return planned;
}

async function checkCase(
  suite: FoundSuite,
  { planned, providerOf, looks }: Planned,
  { baselines, resume, cache, atOnce }: Making,
  world: World,
): Promise<CaseResult> {
  const { recipe } = planned;
  const address = addressOf(providerOf(0));
  const resumed = resume ? findKept(suite, planned) : [];
  const known = [...resumed, ...(cache ? cachedRuns(cache, { recipe, address }, resumed) : [])];
  const judge = (made: ReturnType<typeof madeOf>) => judgeCase(planned, made, baselines, looks.tail);
  const isEnough = (experiment: Parameters<typeof madeOf>[0]) => isSettled(judge(madeOf(experiment)));
  const keepAnswer = (run: OverRun) => cache?.keep({ recipe, address, repeat: run.repeat }, run, world.now());
  const experiment = await makeRuns({ recipe, providerOf, looks, isEnough, known, atOnce, keep: keepAnswer }, world);
  keep(suite, planned.id, experiment, world);
  return judge(madeOf(experiment));
}

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

const marks: Readonly<Record<Outcome, { mark: string; style: 'green' | 'red' | 'yellow' }>> = {
  holds: { mark: '✓', style: 'green' },
  fails: { mark: '✗', style: 'red' },
  undecided: { mark: '?', style: 'yellow' },
  'not-judged': { mark: '–', style: 'yellow' },
};

function lineOf(result: CaseResult, world: World): string {
  const { mark, style } = marks[result.outcome];
  const outcome = paint(world, style, `${mark} ${sayOutcome[result.outcome]}`);
  return `${outcome} ${paint(world, 'bold', result.id)}  ${inLine(sayCase(result))}`;
}

function report(done: Check, typed: Typed, world: World): void {
  const { env, cwd } = world;
  const [junit, summary] = [typed.get('junit'), typed.get('summary')];
  if (junit !== undefined) writeText(resolve(cwd, junit), toJUnit(done));
  if (summary !== undefined) writeText(resolve(cwd, summary), toSummary(done));
  if (typed.has('json')) world.print(toCheckJson(done).trimEnd());
  else if (typed.has('md')) world.print(toSummary(done).trimEnd());
  else world.print(`\n${sayCounts(done.results.map(({ outcome }) => outcome))}`);
  if (env.GITHUB_ACTIONS !== 'true') return;
  if (isPrinted(typed)) for (const line of toAnnotations(done)) world.print(line);
  if (env.GITHUB_STEP_SUMMARY) appendFileSync(env.GITHUB_STEP_SUMMARY, toSummary(done));
}
