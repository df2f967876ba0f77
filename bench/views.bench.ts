import { resultSteps } from '@/lib/compare/result-steps';
import { defaultViewSettings, views } from '@/lib/compare/results';
import { sideBySide } from '@/lib/compare/side-by-side';
import { anExperiment, ended } from '@/lib/run/records.fixture';
import { alignTexts } from '../lib/compare/align/alignment';
import { findFork } from '../lib/compare/align/fork';
import { groupTexts } from '../lib/compare/align/groups';
import { splitWords } from '../lib/compare/align/words';
import { coincidence } from '../lib/compare/measure/coincidence';
import { evidence } from '../lib/compare/measure/evidence';
import { judgeRuns } from '../lib/compare/measure/judge';
import { similarityMatrix } from '../lib/compare/measure/matrix';
import { seedTest } from '../lib/compare/measure/seed-test';
import { prefixTree } from '../lib/compare/measure/tree';
import { quickest, round } from './clock';
import { aText, random, words, written } from './texts';

/* What each view of a thousand runs costs, with its figures, and the parts of that. */
const count = 1000;
const first = aText(words);
const partAt = (place: number): string[] => [...first.slice(0, place), ...aText(words - place)];
const shapes: Record<string, () => string[]> = {
  unseeded: () => aText(words),
  'seeded, 10 % part': () => (random() < 0.1 ? partAt(Math.floor(random() * words)) : first),
};
const passes = 3;

function experimentOf(shape: string) {
  const texts = Array.from({ length: count }, () => written(shapes[shape]?.() ?? []).join(''));
  return anExperiment(
    texts.map((text, at) => ended(at + 1, text, { fingerprints: [`fp_${at % 3}`] })),
    false,
  );
}

for (const shape of Object.keys(shapes)) {
  const experiment = experimentOf(shape);
  const { recipe, runs } = experiment;
  const texts = runs.map(({ run, text }) => ({ run, text }));
  const time = (name: string, work: () => unknown) => ({ name, ms: round(quickest(passes, work)) });
  console.log(`\n${count} runs of ${words} words, ${shape}`);
  console.table([
    ...views.map((view) =>
      time(`view ${view}, with figures`, () => [...resultSteps(experiment, { ...defaultViewSettings, view })]),
    ),
    time('part: columns and verdict', () => sideBySide(experiment, { baseline: 'common' })),
    time('part: all texts cut into words', () => texts.map(({ text }) => splitWords(text))),
    time('part: where they part', () => findFork(texts)),
    time('part: groups', () => groupTexts(texts)),
    time('part: verdict', () => judgeRuns(recipe, runs)),
    time('part: evidence', () => evidence(runs)),
    time('part: seed test', () => seedTest(recipe, runs)),
    time('part: coincidence', () => coincidence(runs)),
    time('part: table of differences', () => alignTexts(groupTexts(texts))),
    time('part: tree', () => prefixTree(texts)),
    time('part: matrix', () => similarityMatrix(texts)),
  ]);
}
