import { appendFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { toAnnotations } from '@/lib/export/annotations';
import { exitCodeOfCheck, toCheckJson } from '@/lib/export/check';
import { toJUnit } from '@/lib/export/junit';
import { toSummary } from '@/lib/export/summary';
import { type Check, isNews } from '@/lib/gate/check';
import type { CaseResult, Outcome } from '@/lib/gate/judge';
import type { Experiment } from '@/lib/run/fold';
import { isMissing } from '@/lib/run/record';
import { fillIn } from '@/lib/run/saved';
import { counted } from '@/lib/words/english';
import { sayCase, sayCounts, sayOutcome } from '@/lib/words/gate';
import { assertAffordable, budgetOption } from './budget';
import { checkCase, makingOptions, planCheck } from './checking';
import type { Command, Typed } from './command';
import { assertWritable, writeText } from './files';
import { permalinkIn } from './permalink';
import { showRunning } from './progress';
import { selected, selections } from './selection';
import { type FoundSuite, findBaselines, findSuite } from './suites';
import { harmless, inLine, paint } from './text';
import type { World } from './world';

export const command: Command = {
  words: '[suite or permalink] [case…]',
  about:
    'Runs the cases of a suite (seedbed.yaml here, if none is named), and says which hold, fail or cannot be told. A permalink is a suite of its recipe, with its stored runs as the baseline.',
  options: {
    ...makingOptions,
    budget: budgetOption,
    only: { value: 'WHICH', about: `only cases that the last check left so: ${selections.join(', ')}` },
    json: { about: 'print facts as JSON' },
    md: { about: 'print the summary as Markdown' },
    quiet: { short: 'q', about: 'print only what somebody should look at, and the counts' },
    junit: { value: 'FILE', about: 'write JUnit’s XML' },
    summary: { value: 'FILE', about: 'write a summary as Markdown' },
  },
  run: check,
};

async function check(typed: Typed, world: World): Promise<number> {
  const { suite, baselines } = await findChecked(typed.words, world);
  const chosen = selected(suite, typed.get('only'), baselines);
  if (chosen.cases.length === 0) world.tell(`The last check left no case so: ${typed.get('only')}.`);
  const { making, planned } = planCheck(chosen, baselines, typed, world);
  const sent = planned.map(({ recipe, resumed }) => ({
    recipe,
    calls: fillIn(recipe, resumed.runs).filter(isMissing).length,
  }));
  assertAffordable(typed, sent, suite.prices);
  for (const path of Object.values(reportsOf(typed, world))) if (path !== undefined) assertWritable(path);
  const done: Check = { suite: suite.path, title: suite.title, results: [], notBegun: [], stopped: false };
  for (const [index, each] of planned.entries()) {
    if (world.signal.aborted) break;
    const about = `${index + 1} of ${counted(planned.length, 'case')}: ${each.id}, `;
    const watch = (experiment: Pick<Experiment, 'runs'>) => world.progress(showRunning(experiment, world, about));
    watch({ runs: fillIn(each.recipe, []) });
    const result = await checkCase(chosen, each, { ...making, watch }, world);
    world.progress('');
    if (world.signal.aborted && result.runs.length === 0) break;
    done.results.push(result);
    if (isPrinted(result, typed)) world.print(lineOf(result, world));
  }
  done.stopped = world.signal.aborted;
  done.notBegun = planned.slice(done.results.length).map(({ id, line }) => ({ id, line }));
  report(done, typed, world);
  if (done.stopped) world.tell(`Stopped. What was finished is kept; go on with: ${resuming(chosen, typed)}`);
  return exitCodeOfCheck(done);
}

/** The suite that is named, or that a permalink makes, and its baselines. What reads experiments is loaded for permalinks only. */
async function findChecked(words: readonly string[], world: World) {
  const [first = '', ...others] = words;
  const link = permalinkIn(first);
  if (link) return (await import('./linked-suite')).findLinked({ path: first, id: link.id }, others, world);
  const suite = findSuite(words, world);
  return { suite, baselines: findBaselines(suite) };
}

/** Whether lines are printed for people, each as soon as its case is judged. */
const isInLines = (typed: Typed): boolean => !typed.has('json') && !typed.has('md');

const isPrinted = (result: CaseResult, typed: Typed): boolean =>
  isInLines(typed) && (!typed.has('quiet') || isNews(result));

/** What to type to go on: the same once more, with --resume. What `--only` chose would be another choice by now, so it is named. */
function resuming({ path, cases }: FoundSuite, typed: Typed): string {
  const ids = cases.map(({ id }) => id).filter((id) => typed.has('only') || typed.words.includes(id));
  const options = Object.entries(command.options).flatMap(([name, { value }]) => {
    if (!typed.has(name) || name === 'only' || name === 'resume') return [];
    return value === undefined ? [`--${name}`] : [`--${name}`, typed.get(name) ?? ''];
  });
  return ['seedbed', 'check', path, ...ids, ...options, '--resume'].map(quoted).join(' ');
}

/** A word as a shell reads it as one. */
const quoted = (word: string): string => (/^[\w./:=@%+,-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`);

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

/** Where reports go: the files that were typed, and the summary of the job in a GitHub workflow. */
function reportsOf(typed: Typed, { env, cwd }: World) {
  const at = (path: string | undefined) => (path === undefined ? undefined : resolve(cwd, path));
  const job = env.GITHUB_ACTIONS === 'true' ? env.GITHUB_STEP_SUMMARY || undefined : undefined;
  return { junit: at(typed.get('junit')), summary: at(typed.get('summary')), job: at(job) };
}

function report(done: Check, typed: Typed, world: World): void {
  const { junit, summary, job } = reportsOf(typed, world);
  if (junit !== undefined) writeText(junit, toJUnit(done));
  if (summary !== undefined) writeText(summary, toSummary(done));
  if (typed.has('json')) world.print(toCheckJson(done).trimEnd());
  else if (typed.has('md')) world.print(harmless(toSummary(done).trimEnd()));
  else
    world.print(
      `\n${sayCounts(
        done.results.map(({ outcome }) => outcome),
        done.notBegun.length,
      )}`,
    );
  if (world.env.GITHUB_ACTIONS === 'true' && isInLines(typed))
    for (const line of toAnnotations(done)) world.print(harmless(line));
  if (job !== undefined) appendFileSync(job, toSummary(done));
}
