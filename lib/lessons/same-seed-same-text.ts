import { counted } from '@/lib/words/english';
import { countTexts, describeAgreement, describeSeeds, type FinishedRun, makeAnswer, makeCaption } from './captions';
import type { Lesson } from './lesson';
import { textLetters } from './lesson-pictures';
import { seedlingRecipe } from './recipes';

/** Whether the draws were the same in all runs, as far as all of them went. */
function describeDraws(runs: readonly FinishedRun[]): string[] {
  const lists = runs.map(({ moments }) => moments.flatMap(({ draw }) => (draw ? [draw.u] : [])));
  const steps = Math.min(...lists.map((list) => list.length));
  const [first = []] = lists;
  if (steps === 0) return ['Their draws are not known.'];
  const differs = Array.from({ length: steps }, (_, at) => at).find((at) => lists.some((u) => u[at] !== first[at]));
  return differs === undefined
    ? [`At each of the ${counted(steps, 'step')} all needles stand on one spot.`]
    : [`Their draws differ from step ${differs + 1} on.`];
}

const caption = makeCaption(2, (runs) => [describeAgreement(runs), describeSeeds(runs), ...describeDraws(runs)]);

const prompt = 'Write a haiku about the moon.';

export const sameSeedSameText: Lesson = {
  slug: 'same-seed-same-text',
  title: 'Same seed, same text',
  minutes: 4,
  learns: 'The seed fixes the list of random numbers.',
  predict: {
    kind: 'number',
    question: 'Five runs, all with seed 42. How many different texts will there be?',
    min: 1,
    max: 5,
    unit: 'text',
    expected: 1,
    happened: makeAnswer(1, (runs) => ({ answer: countTexts(runs).texts, because: [] })),
  },
  run: {
    instruction: 'Run it five times. Nothing is changed between the runs.',
    recipe: seedlingRecipe(prompt, { seed: 42, temperature: 0.7 }, 5),
    spotlight: { view: 'columns', lens: { run: 1, token: 0 } },
    caption,
    picture: textLetters,
  },
  explain: [
    'A computer makes its random numbers from a first number, the seed. The same seed gives the same list of numbers, in the same order.',
    'Same bars, same draws: so the same words. Then the next bars are the same too, and so on to the end.',
    'This model is a fixed program, so with a seed it holds each time. For a model on a far server it may not. Lesson 9 shows why.',
  ],
  check: {
    question: 'What does the seed fix?',
    options: [
      {
        text: 'Which words are likely',
        reply: 'That is in the bars. They come from the model, the prompt and the settings.',
      },
      { text: 'The list of random numbers', reply: 'The seed gives the draws, and nothing else.' },
      {
        text: 'The text, whatever the prompt',
        reply: 'Another prompt has other bars, so the same draws hit other words.',
      },
    ],
    right: 1,
  },
  change: {
    instruction: 'Run five times with no seed. The server then rolls a new list for each run.',
    recipe: seedlingRecipe(prompt, { temperature: 0.7 }, 5),
    spotlight: { view: 'columns' },
    caption,
  },
  notes: {
    aim: 'A seed turns chance into something that can be repeated.',
    script: [
      'Ask: can dice fall the same way five times? Collect predictions.',
      'Run. Step through the words: five needles, one spot.',
      'Run without a seed. Compare the texts.',
      'Let pupils choose a seed and tell it to a neighbour: both get the same text.',
    ],
    expected: 'One text with seed 42. Without a seed there are nearly always several.',
    wrongIdeas: [
      'The model remembers its last answer. (Each run starts from nothing.)',
      'A seed makes every model repeat itself. (Only where the whole sum is done the same way.)',
    ],
  },
};
