import { shareOf } from '@/lib/lens/moment';
import { inSequence } from '@/lib/words/english';
import { tokenName } from '@/lib/words/lens';
import { barsText, choicesUnknown, type FinishedRun, firstChoices, makeCaption } from './captions';
import type { Lesson } from './lesson';
import { seedlingRecipe, sweep } from './recipes';

/**
 * The options for the first token that each top_p leaves, largest top_p first. `more`: tokens that are not listed are
 * left besides. `all`: how many tokens there are if none was cut, else null.
 */
const optionsLeft = (runs: readonly FinishedRun[]) =>
  [...Map.groupBy(firstChoices(runs), ({ request }) => request.top_p ?? 1)]
    .flatMap(([top_p, [one]]) => (one ? [{ top_p, first: one.first }] : []))
    .toSorted((a, b) => b.top_p - a.top_p)
    .map(({ top_p, first: { options, rest } }) => ({
      top_p,
      options: options.filter((option) => shareOf(option) > 0),
      more: (rest.chance ?? 0) > 0,
      all: top_p === 1 ? options.length + (rest.tokens ?? 0) : null,
    }));

const caption = makeCaption(1, (runs) => {
  const rows = optionsLeft(runs).map(({ top_p, options, more, all }) => {
    if (all !== null) return `Top-p 1 keeps all ${all} tokens: ${barsText(options, 2)} come first.`;
    return more
      ? `Top-p ${top_p} keeps more than ${options.length} tokens.`
      : `Top-p ${top_p} keeps ${options.length}: ${barsText(options, 4)}.`;
  });
  return rows.length > 0 ? rows : [choicesUnknown];
});

export const topPCutsTheTail: Lesson = {
  slug: 'top-p-cuts-the-tail',
  title: 'Top-p cuts the tail',
  minutes: 5,
  learns: 'Top-p keeps the smallest set of likely words that reaches p.',
  predict: {
    kind: 'number',
    question: 'The first bars are 28 %, 25 %, 18 %, 18 % and 6 %. How many does top-p 0.6 keep?',
    min: 1,
    max: 5,
    unit: 'tokens',
    happened: makeCaption(1, (runs) => {
      const cut = optionsLeft(runs).find(({ top_p, more }) => top_p === 0.6 && !more);
      return [
        cut
          ? `Top-p 0.6 kept ${cut.options.length}: ${inSequence(cut.options.map(({ token }) => tokenName(token)))}.`
          : 'No run with top-p 0.6 shows it.',
      ];
    }),
  },
  run: {
    instruction: 'Run top-p 1, 0.6 and 0.2 with one seed. The dash “-” is a token too: it starts a list.',
    recipe: seedlingRecipe('Name an animal.', { seed: 27, temperature: 1, top_p: 1 }, 1, sweep('top_p', [1, 0.6, 0.2])),
    spotlight: { view: 'columns', lens: { run: 2, token: 0 } },
    caption,
  },
  explain: [
    'Start with the widest bar. Add the next ones until they reach p. Keep those, drop the rest.',
    'The kept bars are stretched to fill the line again. So each gains, and the same draw can hit another word.',
    'How many stay depends on the bars. If one word alone reaches p, it stays alone.',
  ],
  check: {
    question: 'Two bars: 70 % and 30 %. What does top-p 0.6 keep?',
    options: ['The first one only', 'Both'],
    right: 0,
    why: 'The first bar reaches 0.6 by itself. Nothing more is needed.',
  },
  change: {
    instruction: 'Ask for the capital of Italy. Here the model is sure. How many are kept now?',
    recipe: seedlingRecipe(
      'What is the capital of Italy?',
      { seed: 27, temperature: 1, top_p: 1 },
      1,
      sweep('top_p', [1, 0.6, 0.2]),
    ),
    spotlight: { view: 'columns', lens: { run: 2, token: 0 } },
    caption,
  },
  notes: {
    aim: 'The cut depends on the bars, so on the prompt.',
    script: [
      'Write the five numbers on the board and add them up until 60 is reached.',
      'Predict and run. Look at what is struck out in the lens.',
      'Move the top-p slider slowly. Say when a bar drops out.',
      'Run the change: the same top-p keeps fewer.',
    ],
    expected: 'Three kept for the animal, one for the capital. At 0.2 one is left in both.',
    wrongIdeas: [
      'Top-p 0.6 keeps 60 % of the words. (It keeps 60 % of the chance, at least.)',
      'Top-p drops words below 60 %. (It adds bars up.)',
    ],
  },
};
