import { apparatus } from '@/lib/compare/apparatus';
import { coincidence } from '@/lib/compare/coincidence';
import { findFork } from '@/lib/compare/divergence';
import { evidence } from '@/lib/compare/evidence';
import { groupTexts } from '@/lib/compare/groups';
import { similarityMatrix } from '@/lib/compare/matrix';
import { firstLook, results, views } from '@/lib/compare/results';
import { seedTest } from '@/lib/compare/seed-test';
import { sideBySide } from '@/lib/compare/side-by-side';
import { prefixTree } from '@/lib/compare/tree';
import { describeRuns } from '@/lib/compare/verdict';
import { splitWords } from '@/lib/compare/words';
import { anExperiment, ended } from '@/lib/run/records.fixture';
import { quickest, round } from './clock';
import { aText, random, words, written } from './texts';

/* What each view of a thousand runs costs, with its figures; and what that is made of. */
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
    ...views.map((view) => time(`view ${view}, with figures`, () => results(experiment, { ...firstLook, view }))),
    time('part: columns and verdict', () => sideBySide(experiment, { baseline: 'common' })),
    time('part: all texts cut into words', () => texts.map(({ text }) => splitWords(text))),
    time('part: where they part', () => findFork(texts)),
    time('part: groups', () => groupTexts(texts)),
    time('part: verdict', () => describeRuns(recipe, runs)),
    time('part: evidence', () => evidence(recipe, runs)),
    time('part: seed test', () => seedTest(recipe, runs)),
    time('part: coincidence', () => coincidence(runs)),
    time('part: apparatus', () => apparatus(texts)),
    time('part: tree', () => prefixTree(texts)),
    time('part: matrix', () => similarityMatrix(texts)),
  ]);
}
