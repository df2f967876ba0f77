import { findFork } from '@/lib/compare/align/fork';
import { listed } from '@/lib/words/english';
import { choicesUnknown, drawText, type FinishedRun, makeCaption } from './captions';
import type { Lesson } from './lesson';
import { seedlingRecipe, seeds } from './recipes';

/** The first draws of each seed, once for each. */
function describeDraws(runs: readonly FinishedRun[]): string[] {
  const bySeed = new Map(runs.map((run) => [run.record.seed, run]));
  return [...bySeed.values()].flatMap(({ record, moments }) => {
    const draws = moments.slice(0, 3).flatMap(({ draw }) => (draw ? [drawText(draw.u)] : []));
    return draws.length > 0 && record.seed !== null ? [`Seed ${record.seed} draws ${listed(draws)} first.`] : [];
  });
}

function describeFork(runs: readonly FinishedRun[]): string[] {
  if (runs.length < 2) return [];
  const fork = findFork(runs.map(({ record }) => record));
  return [fork ? `The texts part at word ${fork.word}.` : 'The texts are the same.'];
}

const caption = makeCaption(1, (runs) => {
  const draws = describeDraws(runs);
  return [...(draws.length > 0 ? draws : [choicesUnknown]), ...describeFork(runs)];
});

export const seedsAreNotStyles: Lesson = {
  slug: 'seeds-are-not-styles',
  title: 'Seeds are not styles',
  minutes: 4,
  learns: 'A seed is only a starting point for the draws. It has no style and no neighbours.',
  predict: {
    kind: 'choice',
    question: 'Seeds 42 and 43 write a haiku about rain. How alike will the two be?',
    options: ['Nearly the same', 'No more alike than any two'],
    happened: makeCaption(2, (runs) => [...describeDraws(runs), ...describeFork(runs)]),
  },
  run: {
    instruction: 'Run both seeds. Compare the draws in the lens.',
    recipe: seedlingRecipe('Write a haiku about rain.', { seed: 42, temperature: 0.7 }, 1, seeds(42, 2)),
    spotlight: { view: 'columns', lens: { run: 1, token: 0 } },
    caption,
  },
  explain: [
    'The seed is mixed up well before the first draw. So seeds side by side give lists that have nothing in common.',
    'And a list of draws says nothing about the words. The words come from the bars, and the bars from the prompt. Change one word of the prompt, and the same draws fall on other bars.',
    'So no seed is “the good one”. It was good for one prompt, one model and one setting.',
  ],
  check: {
    question: 'Seed 7 gave you a fine poem. What will it do for another prompt?',
    options: ['Write in the same style', 'Nothing special'],
    right: 1,
    why: 'The draws are the same list, but they fall on other bars.',
  },
  change: {
    instruction: 'Keep seed 42, and ask about snow. The draws are those from before. Is the haiku?',
    recipe: seedlingRecipe('Write a haiku about snow.', { seed: 42, temperature: 0.7 }),
    spotlight: { view: 'columns', lens: { run: 1, token: 0 } },
    caption,
  },
  notes: {
    aim: 'Take the magic out of favourite seeds.',
    script: [
      'Ask who has a lucky number. What would it mean here?',
      'Predict and run. Write the first draws of both seeds on the board.',
      'Run the change. The draws of seed 42 are the same, the words are not.',
    ],
    expected: 'Two quite different haiku. With “snow” the same draws give a third one.',
    wrongIdeas: [
      'A seed close by gives a text close by. (It does not.)',
      'A seed holds a text. (It holds a list of numbers.)',
    ],
  },
};
