import { groupTexts } from '@/lib/compare/align/groups';
import { chosenShare, equalRunsBound } from '@/lib/compare/measure/agreement';
import { sayWholePercent } from '@/lib/words/numbers';
import { countTexts, describeAgreement, type FinishedRun, makeAnswer, makeCaption } from './captions';
import type { Lesson } from './lesson';
import { textLetters } from './lesson-pictures';
import { seedlingRecipe, seeds } from './recipes';

/** What n runs prove: a bound if all are the same, else when the streak broke and an interval for the share. */
function describeProof(runs: readonly FinishedRun[]): string[] {
  const n = runs.length;
  const [modal, ...others] = groupTexts(runs.map(({ record }) => record));
  if (others.length === 0) {
    const bound = sayWholePercent(equalRunsBound(n));
    return [`If the most common text came in less than ${bound} of runs, ${n} would agree at most 1 time in 20.`];
  }
  const first = runs[0]?.record.text;
  const broke = runs.find(({ record }) => record.text !== first)?.record.run;
  const [low, high] = chosenShare(modal?.runs.length ?? 1, n);
  return [
    `Run ${broke} is the first that differs from the first one.`,
    `The true share of the most common text may well lie from ${sayWholePercent(low)} to ${sayWholePercent(high)}.`,
  ];
}

const caption = makeCaption(2, (runs) => [describeAgreement(runs), ...describeProof(runs)]);

const prompt = 'Good name for a cat?';

export const howManyRuns: Lesson = {
  slug: 'how-many-runs',
  title: 'How many runs are enough?',
  minutes: 5,
  learns: 'Runs that agree are evidence, not proof.',
  predict: {
    kind: 'choice',
    question: 'Five seeds give the same text. Could it still change in 1 of 10 runs?',
    options: ['No, five are enough', 'Yes, but only by rare luck', 'Yes, easily'],
    expected: 2,
    happened: makeAnswer(2, (runs) => {
      if (countTexts(runs).texts > 1) return { answer: null, because: ['These runs do not all agree.'] };
      const luck = 0.9 ** runs.length;
      const because = `A text that comes in 9 of 10 runs gives ${runs.length} equal ones in ${sayWholePercent(luck)} of all tries.`;
      return { answer: luck < 0.05 ? 1 : 2, because: [because] };
    }),
  },
  run: {
    instruction: 'Run seeds 1 to 5 and look for a change.',
    recipe: seedlingRecipe(prompt, { seed: 1, temperature: 0.15 }, 1, seeds(1, 5)),
    spotlight: { view: 'variants' },
    caption,
  },
  explain: [
    'Say a text comes in 9 of 10 runs. Then five runs all give it in 59 of 100 tries. So five tell little.',
    'The more runs agree, the more common a text must be. After 5 it could still come in only 47 % of runs. After 20 it is at least 85 %, after 60 it is 95 %. Even then you can be wrong 1 time in 20.',
    'These figures hold if each run is a fresh try, such as a new seed.',
  ],
  check: {
    question: '20 of 20 runs agree. What do you know?',
    options: [
      { text: 'The text never changes', reply: 'A change in 1 of 100 runs would hardly have shown in 20.' },
      {
        text: 'The text comes in most runs',
        reply: 'Else 20 in a row would be rare luck. A rare change may still hide.',
      },
      { text: 'Nothing: it is all chance', reply: 'A change in half of the runs would have shown by now.' },
    ],
    right: 1,
  },
  change: {
    instruction: 'Run 60 seeds of the same recipe. Does the row of equal runs break?',
    recipe: seedlingRecipe(prompt, { seed: 1, temperature: 0.15 }, 1, seeds(1, 60)),
    spotlight: { view: 'variants' },
    caption,
    picture: textLetters,
  },
  notes: {
    aim: 'Read “5 of 5” with the right amount of doubt.',
    script: [
      'Hide one red card among ten. Draw five times, put it back each time. Was red seen?',
      'Predict and run 5.',
      'Ask for bets on the sixth, then run 60.',
      'Compare the bound after 5 with what 60 show.',
    ],
    expected: '5 of 5 the same; of 60 runs 55. Run 6 is the first that differs.',
    wrongIdeas: [
      '5 of 5 means 100 %. (It means: hardly less than 47 %.)',
      'Running one seed 60 times would tell. (With one seed Seedling repeats; vary the seed.)',
    ],
  },
};
