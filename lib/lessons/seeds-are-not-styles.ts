import { commonWith, wordsOf } from '@/lib/compare/align/likeness';
import { type Seed, seedAfter } from '@/lib/recipe/seed';
import { listed } from '@/lib/words/english';
import { sayPlace, sayWholePercent } from '@/lib/words/numbers';
import { choicesUnknown, describeAgreement, type FinishedRun, finishedRuns, makeAnswer, makeCaption } from './captions';
import type { Lesson, Outcome, TextPair } from './lesson';
import { firstDraws } from './lesson-pictures';
import { seedlingRecipe, seeds } from './recipes';

/** The first draws of the first few runs, where they are known. */
function describeDraws(runs: readonly FinishedRun[], maxRuns: number): string[] {
  const said = runs.slice(0, maxRuns).flatMap(({ record, moments }) => {
    const draws = moments.slice(0, 3).flatMap(({ draw }) => (draw ? [sayPlace(draw.u)] : []));
    return draws.length > 0 && record.seed !== null ? [`Seed ${record.seed} draws ${listed(draws)} first.`] : [];
  });
  return said.length > 0 ? said : [choicesUnknown];
}

/** The share of words that two texts have in common, in the same order: 0 to 1. */
function alike(a: string, b: string): number {
  const [one, other] = [wordsOf(a), wordsOf(b)];
  return one.length + other.length === 0 ? 1 : (2 * commonWith(one)(other)) / (one.length + other.length);
}

const mean = (numbers: readonly number[]): number => numbers.reduce((sum, each) => sum + each, 0) / numbers.length;

/** How alike two kinds of pairs are on average, and whether the first is so by more than chance would have it. */
type Likeness = { close: number; others: number; clearly: boolean };

/**
 * Pairs of texts that are said to be close, against all others. Clearly more alike: by more than two standard errors of a
 * mean over as many pairs. Null without pairs of both kinds.
 */
function compare(pairs: readonly { close: boolean; share: number }[]): Likeness | null {
  const { close = [], others = [] } = Object.groupBy(pairs, (pair) => (pair.close ? 'close' : 'others'));
  if (close.length === 0 || others.length < 2) return null;
  const [near, far] = [close, others].map((kind) => kind.map(({ share }) => share));
  const [a, b] = [mean(near ?? []), mean(far ?? [])];
  const variance = mean((far ?? []).map((share) => (share - b) ** 2));
  return { close: a, others: b, clearly: a - b > 2 * Math.sqrt(variance / close.length) };
}

const seeded = (runs: readonly FinishedRun[]) =>
  runs.flatMap(({ record: { seed, text } }) => (seed === null ? [] : [{ seed, text }]));

const areNeighbours = (a: Seed, b: Seed): boolean => seedAfter(a, 1) === b || seedAfter(b, 1) === a;

/** Texts of seeds that follow one another, against those of seeds further apart. */
const neighbours = (runs: readonly FinishedRun[]): Likeness | null =>
  compare(
    seeded(runs).flatMap((a, at, all) =>
      all.slice(at + 1).map((b) => ({ close: areNeighbours(a.seed, b.seed), share: alike(a.text, b.text) })),
    ),
  );

/** Texts that one seed gave in two experiments, against those of two seeds. */
const sameSeeds = (before: readonly FinishedRun[], after: readonly FinishedRun[]): Likeness | null =>
  compare(
    seeded(before).flatMap((a) =>
      seeded(after).map((b) => ({ close: a.seed === b.seed, share: alike(a.text, b.text) })),
    ),
  );

const describeLikeness = ({ close, others, clearly }: Likeness, theClose: string, theOthers: string): string[] => [
  `${theClose} share ${sayWholePercent(close)} of their words on average, ${theOthers} ${sayWholePercent(others)}.`,
  clearly ? 'That is more than chance gives.' : 'That is no more than chance gives.',
];

const caption = makeCaption(2, (runs) => [...describeDraws(runs, 2), describeAgreement(runs)]);

const changeCaption = makeCaption(1, (runs, before?: Outcome) => {
  const found = before && sameSeeds(finishedRuns(before), runs);
  if (!found) return [...describeDraws(runs, 1), 'The first texts are not here to compare with.'];
  return [...describeDraws(runs, 1), ...describeLikeness(found, 'Two texts of one seed', 'those of two seeds')];
});

/** Both texts of the first few seeds. */
function pairs(after: Outcome, before: Outcome): TextPair[] {
  const now = new Map(seeded(finishedRuns(after)).map(({ seed, text }) => [seed, text]));
  return seeded(finishedRuns(before))
    .slice(0, 3)
    .flatMap(({ seed, text }) => {
      const other = now.get(seed);
      return other === undefined ? [] : [{ label: `Seed ${seed}`, texts: [text, other] as const }];
    });
}

const recipeFor = (prompt: string) => seedlingRecipe(prompt, { seed: 42, temperature: 0.7 }, 1, seeds(42, 20));

export const seedsAreNotStyles: Lesson = {
  slug: 'seeds-are-not-styles',
  title: 'Seeds are not styles',
  minutes: 5,
  learns: 'A seed is only a starting point for the draws. It has no style and no neighbours.',
  predict: {
    kind: 'choice',
    question: 'Seeds 42 to 61 each write a haiku about rain. How alike are those of neighbours, such as 42 and 43?',
    options: ['Nearly the same', 'A bit more alike than others', 'No more alike than others'],
    expected: 2,
    happened: makeAnswer(2, (runs) => {
      const found = neighbours(runs);
      if (!found) return { answer: null, because: ['There are too few seeds here to compare.'] };
      const because = describeLikeness(found, 'Texts of neighbours', 'others');
      if (found.close > 0.9) return { answer: 0, because };
      return { answer: found.clearly ? 1 : 2, because };
    }),
  },
  run: {
    instruction: 'Run all 20 seeds. Compare the draws in the lens.',
    recipe: recipeFor('Write a haiku about rain.'),
    spotlight: { view: 'columns', lens: { run: 1, token: 0 } },
    caption,
    picture: firstDraws,
  },
  explain: [
    'The seed is mixed up well before the first draw. So seeds side by side give lists that have nothing in common.',
    'And a list of draws says nothing about the words. The words come from the bars, and the bars from the prompt.',
    'So no seed is “the good one”. It was good for one prompt, one model and one setting.',
  ],
  check: {
    question: 'Seed 7 gave you a fine poem. What will it do for another prompt?',
    options: [
      {
        text: 'Write in the same style',
        reply: 'A seed holds draws, no style. Under other bars they hit other words.',
      },
      { text: 'Nothing special', reply: 'The draws are the same list, but they fall on other bars.' },
      { text: 'Make good draws again', reply: 'No draw is good by itself. What it hits depends on the bars.' },
    ],
    right: 1,
  },
  change: {
    instruction:
      'Keep the seeds, and ask about the moon. Are two haiku of one seed more alike than those of two seeds?',
    recipe: recipeFor('Write a haiku about the moon.'),
    spotlight: { view: 'columns', lens: { run: 1, token: 0 } },
    caption: changeCaption,
    pairs,
  },
  notes: {
    aim: 'Take the magic out of favourite seeds.',
    script: [
      'Ask who has a lucky number. What would it mean here?',
      'Predict and run. Write the first draws of seeds 42 and 43 on the board.',
      'Run the change. The draws of seed 42 are the same, the words are not.',
      'Ask for other ways to find out whether seeds have a style.',
    ],
    expected:
      'Haiku of neighbours share 23 % of their words, others 24 %. Rain and moon share 17 %, with one seed as with two.',
    wrongIdeas: [
      'A seed close by gives a text close by. (It does not.)',
      'A seed holds a text. (It holds a list of numbers.)',
      'One seed never gives like texts. (Where two prompts have nearly the same bars, the same draws can hit the same words: “rain” and “snow” at temperature 1 do share a little more with one seed. That is the bars.)',
    ],
  },
};
