import { type Moment, type Option, shareOf } from '@/lib/lens/moment';
import { listed } from '@/lib/words/english';
import { sayWholePercent } from '@/lib/words/numbers';
import { tokenName } from '@/lib/words/token';
import { choicesUnknown, type FinishedRun, firstChoices, makeAnswer, makeCaption } from './captions';
import type { Lesson } from './lesson';
import { firstLines } from './lesson-pictures';
import { seedlingRecipe, seeds } from './recipes';

const widest = ({ options }: Moment): Option[] => options.slice(0, 3);

/** How often the likeliest first tokens came, against their chance, in the runs that share the first run's bars. */
function observed(runs: readonly FinishedRun[]) {
  const choices = firstChoices(runs);
  const options = choices[0] ? widest(choices[0].first) : [];
  const alike = choices.filter(({ first }) => JSON.stringify(widest(first)) === JSON.stringify(options));
  const rows = options.map((option) => {
    const came = alike.filter(({ first }) => first.token === option.token).length;
    return { token: option.token, chance: shareOf(option), came };
  });
  return { rows, of: alike.length };
}

const caption = makeCaption(2, (runs) => {
  const { rows, of } = observed(runs);
  if (of < 2) return ['These runs do not share their first bars, so there is nothing to count.'];
  const counts = rows.map(
    ({ token, chance, came }) =>
      `${tokenName(token)} ${came} (${sayWholePercent(came / of)}, its bar says ${sayWholePercent(chance)})`,
  );
  return [`First tokens in ${of} runs: ${listed(counts)}.`];
});

const prompt = 'Flip a coin.';

export const newSeedNewText: Lesson = {
  slug: 'new-seed-new-text',
  title: 'New seed, new text',
  minutes: 5,
  learns: 'Over many seeds, words come about as often as their bars say.',
  predict: {
    kind: 'number',
    question: 'The first word “The” has a bar of 43 %. How many of 20 runs will start with it?',
    min: 0,
    max: 20,
    unit: 'run',
    expected: 8,
    happened: makeAnswer(2, (runs) => {
      const { rows, of } = observed(runs);
      const the = rows.find(({ token }) => token === 'The');
      if (!the) return { answer: null, because: [choicesUnknown] };
      return { answer: the.came, because: [`That is ${sayWholePercent(the.came / of)} of ${of}.`] };
    }),
  },
  run: {
    instruction: 'Run seeds 1 to 20, one run each. The lens shows what each run took.',
    recipe: seedlingRecipe(prompt, { seed: 1, temperature: 1 }, 1, seeds(1, 20)),
    spotlight: { view: 'tree', lens: { run: 1, token: 0 } },
    caption,
    picture: firstLines,
  },
  explain: [
    'Each seed is a new list of draws. The bars of the first word are the same for all the runs. Only the needle moves.',
    'A wide part wins more often. But 20 draws are few: the counts and the bars do not quite match. With more runs the shares tend to come closer.',
    'The answer is a coin that no one threw. The model only writes about one.',
  ],
  check: {
    question: 'A bar says 43 %. You see 8 of 20. Is the bar wrong?',
    options: [
      { text: 'Yes, it should be 9 of 20', reply: 'Chance alone moves such a count by two or so.' },
      {
        text: 'No, a small count can be a bit off',
        reply: 'Chance alone moves it by two or so. Only many runs tell more.',
      },
      { text: 'No, the next 20 will make up for it', reply: 'Draws do not remember. The next 20 start afresh.' },
    ],
    right: 1,
  },
  change: {
    instruction: 'Now run 100 seeds. Do the shares come closer to the bars?',
    recipe: seedlingRecipe(prompt, { seed: 1, temperature: 1 }, 1, seeds(1, 100)),
    spotlight: { view: 'variants', lens: { run: 1, token: 0 } },
    caption,
  },
  notes: {
    aim: 'Frequencies follow the bars, roughly for few runs, better for many.',
    script: [
      'Let pupils throw a coin 20 times and collect the counts on the board.',
      'Predict and run. Compare the count with 43 % of 20.',
      'Run 100 seeds. Compare the shares again.',
    ],
    expected: '8 of 20, then 42 of 100. The bar says 43 %.',
    wrongIdeas: [
      'It must be 8 or 9 of 20 every time. (The spread is about 2 either way.)',
      'After many “The” another word is due. (Draws do not remember.)',
      'Heads and tails are a real throw. (They are words.)',
    ],
  },
};
