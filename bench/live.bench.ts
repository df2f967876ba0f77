import { resultSteps } from '@/lib/compare/result-steps';
import { defaultViewSettings, type ViewSettings } from '@/lib/compare/results';
import { followSideBySide } from '@/lib/compare/side-by-side';
import type { Experiment } from '@/lib/run/fold';
import { anExperiment, running } from '@/lib/run/records.fixture';
import { differenceFrom, growingDifference } from '../lib/compare/align/diff';
import { findFork } from '../lib/compare/align/fork';
import { cutAtFrontier } from '../lib/compare/align/frontier';
import { joinPieces, splitWords } from '../lib/compare/align/words';
import { judgeProgress } from '../lib/compare/measure/judge';
import { milliseconds, round } from './clock';
import { aText, words, written } from './texts';

/*
 * What the worker does while runs go on. Twenty columns that part a tenth of the way through, with one more word in
 * each at every step, as a server sends them every 50 ms.
 */
const viewSettings: ViewSettings = { ...defaultViewSettings, baseline: 1 };
const columns = 20;
const first = aText(words);
const partAt = (place: number): string[] => [...first.slice(0, place), ...aText(words - place)];
const texts = [first, ...Array.from({ length: columns - 1 }, () => partAt(words / 10))].map(written);
const states = Array.from({ length: words }, (_, step): Experiment => {
  const runs = texts.map((text, at) => running(at + 1, text.slice(0, step + 1).join('')));
  return anExperiment(runs, true);
});
const nothing = anExperiment([], true);

/** Each state after it was cut at the frontier, for the parts that come afterwards. */
const reached = states.map((state) => cutAtFrontier(state));
const pieces = reached.map((all) => all.map((each) => each.pieces));
const compared = reached.map((all) => all.map((each) => ({ run: each.run, text: joinPieces(each.pieces) })));
const runsAt = (step: number) => (states[step] ?? nothing).runs;

/** The time of each step, the quickest of five passes. */
function steps(begin: () => (step: number) => unknown): number[] {
  const passes = Array.from({ length: 5 }, () => {
    const work = begin();
    return Array.from({ length: words }, (_, step) => milliseconds(() => work(step)));
  });
  return Array.from({ length: words }, (_, step) => Math.min(...passes.map((pass) => pass[step] ?? 0)));
}

function describeSteps(name: string, begin: () => (step: number) => unknown) {
  const times = steps(begin);
  const sorted = times.toSorted((a, b) => a - b);
  const at = (share: number) => round(sorted[Math.floor(share * (sorted.length - 1))] ?? 0);
  const mean = times.reduce((all, time) => all + time, 0) / times.length;
  return { name, 'mean (ms)': round(mean), 'median (ms)': at(0.5), '95 % (ms)': at(0.95), 'most (ms)': at(1) };
}

console.log(`${columns} columns, all of them one word longer at each of ${words} steps; the cost of a step`);
console.table([
  describeSteps('all that the page shows', () => {
    const follow = followSideBySide();
    return (step) => [...resultSteps(states[step] ?? nothing, viewSettings, follow)];
  }),
  describeSteps('  cut into words, up to the frontier', () => (step) => cutAtFrontier(states[step] ?? nothing)),
  describeSteps('  where they part', () => (step) => findFork(compared[step] ?? [])),
  describeSteps('  the verdict', () => (step) => judgeProgress(compared[step] ?? [], runsAt(step))),
  describeSteps('  marks, rows kept and extended', () => {
    const differences = texts.map(() => growingDifference());
    return (step) => differences.map((each, at) => each(pieces[step]?.[0] ?? [], pieces[step]?.[at] ?? []));
  }),
  describeSteps('for comparison: marks, from the start each time', () => (step) => {
    const difference = differenceFrom(pieces[step]?.[0] ?? []);
    return pieces[step]?.map((each) => difference(each));
  }),
  describeSteps('for comparison: all words cut', () => (step) => runsAt(step).map(({ text }) => splitWords(text))),
]);
