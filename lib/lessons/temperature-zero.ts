import { countTexts, describeAgreement, describeSeeds, type FinishedRun, makeAnswer, makeCaption } from './captions';
import type { Lesson } from './lesson';
import { firstLines } from './lesson-pictures';
import { seedlingRecipe, seeds } from './recipes';

/** The line or sentence that comes most often in one text, and how often. */
function maxRepeated(text: string): { line: string; times: number } {
  const lines = text.split(/\n|(?<=[.!?])\s+/u).filter((line) => line.trim() !== '');
  const counts = [...Map.groupBy(lines, (line) => line)].map(([line, those]) => ({ line, times: those.length }));
  return counts.reduce((most, each) => (each.times > most.times ? each : most), { line: '', times: 0 });
}

const describeLoop = (runs: readonly FinishedRun[]): string => {
  const looped = runs.map(({ record }) => ({ run: record.run, ...maxRepeated(record.text) }));
  const worst = looped.reduce((most, each) => (each.times > most.times ? each : most));
  return worst.times > 1
    ? `In run ${worst.run} the line “${worst.line}” comes ${worst.times} times.`
    : 'No line comes twice in a run.';
};

const caption = makeCaption(2, (runs) => [describeAgreement(runs), describeSeeds(runs), describeLoop(runs)]);

const prompt = 'Write a poem about the sea.';

export const temperatureZero: Lesson = {
  slug: 'temperature-zero',
  title: 'Temperature 0',
  minutes: 4,
  learns: 'At temperature 0 the widest bar always wins, so the seed has nothing to do.',
  predict: {
    kind: 'choice',
    question: 'Temperature 0, seeds 1 to 5. Does the seed still matter?',
    options: ['Yes, each run gives its own text', 'A little: some runs agree', 'No, all runs give one text'],
    expected: 2,
    happened: makeAnswer(2, (runs) => {
      const { texts } = countTexts(runs);
      if (texts === 1) return { answer: 2, because: [] };
      return { answer: texts === runs.length ? 0 : 1, because: [] };
    }),
  },
  run: {
    instruction: 'Run five seeds at 0. Read the whole poem.',
    recipe: seedlingRecipe(prompt, { seed: 1, temperature: 0 }, 1, seeds(1, 5)),
    spotlight: { view: 'columns', lens: { run: 1, token: 0 } },
    caption,
    picture: firstLines,
  },
  explain: [
    'At 0 the word with the widest bar has the whole line. Wherever the needle falls, it falls there. The draws are made, but they change nothing.',
    'There is a price. After some line the likeliest next line may be the same one. Then the same choices come again, and the text goes round.',
    'The run ends only when its tokens are used up.',
  ],
  check: {
    question: 'Why does the poem repeat a line?',
    options: [
      {
        text: 'The widest bar leads back to it each time',
        reply: 'Seedling looks at the last three tokens. When they come again, so do the same bars.',
      },
      { text: 'The seed repeats its draws', reply: 'At 0 the draws change nothing: five seeds gave one poem.' },
      { text: 'It has run out of words', reply: 'It knows over two thousand. At 0 it takes only the likeliest.' },
    ],
    right: 0,
  },
  change: {
    instruction: 'Run the same seeds at 0.5. Is the loop still there?',
    recipe: seedlingRecipe(prompt, { seed: 1, temperature: 0.5 }, 1, seeds(1, 5)),
    spotlight: { view: 'columns', lens: { run: 1, token: 0 } },
    caption,
  },
  notes: {
    aim: 'Greedy choice repeats across seeds, and can be dull.',
    script: [
      'Ask who wins if the widest bar always wins.',
      'Predict and run. Read the poem aloud until the class laughs.',
      'Step through the loop in the lens: the same bars come back.',
      'Run the change. The loop is gone and the texts differ.',
    ],
    expected: 'One text in five runs, with one line over and over. At 0.5 five texts and no loop.',
    wrongIdeas: [
      'Temperature 0 gives the best text. (It gives the likeliest next word, step by step.)',
      'Temperature 0 is always repeatable. (Here yes; a far server may round in another way. Lesson 9.)',
    ],
  },
};
