import { shareOf } from '@/lib/lens/moment';
import { inSequence } from '@/lib/words/english';
import { sayPlace } from '@/lib/words/numbers';
import { tokenName } from '@/lib/words/token';
import { barsText, choicesUnknown, type FinishedRun, firstChoices, makeAnswer, makeCaption } from './captions';
import type { Lesson } from './lesson';
import { firstLines } from './lesson-pictures';
import { seedlingRecipe, sweep } from './recipes';

/**
 * The options for the first token that each top_p leaves, largest top_p first. `more`: tokens that are not listed are
 * left besides. `all`: how many tokens there are if none was cut, else null.
 */
const optionsLeft = (runs: readonly FinishedRun[]) =>
  [...Map.groupBy(firstChoices(runs), ({ request }) => request.top_p ?? 1)]
    .flatMap(([top_p, [one]]) => (one ? [{ top_p, first: one.first }] : []))
    .toSorted((a, b) => b.top_p - a.top_p)
    .map(({ top_p, first: { token, draw, options, rest } }) => ({
      top_p,
      took: token,
      u: draw?.u ?? null,
      options: options.filter((option) => shareOf(option) > 0),
      more: (rest.chance ?? 0) > 0,
      all: top_p === 1 ? options.length + (rest.tokens ?? 0) : null,
    }));

const caption = makeCaption(1, (runs) => {
  const left = optionsLeft(runs);
  const rows = left.map(({ top_p, took, options, more, all }) => {
    const taken = `the run took ${tokenName(took)}`;
    if (all !== null) return `Top-p 1 keeps all ${all} tokens; ${taken}.`;
    return more
      ? `Top-p ${top_p} keeps more than ${options.length} tokens; ${taken}.`
      : `Top-p ${top_p} keeps ${options.length}: ${barsText(options, 4)}; ${taken}.`;
  });
  const [u, ...others] = new Set(left.map((each) => each.u));
  const oneDraw = left.length > 1 && others.length === 0 && typeof u === 'number';
  return rows.length > 0
    ? [...rows, ...(oneDraw ? [`The draw is ${sayPlace(u)} in all of them.`] : [])]
    : [choicesUnknown];
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
    unit: 'token',
    expected: 3,
    happened: makeAnswer(1, (runs) => {
      const cut = optionsLeft(runs).find(({ top_p, more }) => top_p === 0.6 && !more);
      if (!cut) return { answer: null, because: ['No run with top-p 0.6 shows it.'] };
      const kept = inSequence(cut.options.map(({ token }) => tokenName(token)));
      return { answer: cut.options.length, because: [`It kept ${kept}.`] };
    }),
  },
  run: {
    instruction:
      'Run top-p 1, 0.6 and 0.2 with one seed, so with one draw. The dash “-” is a token too: it starts a list.',
    recipe: seedlingRecipe('Name an animal.', { seed: 8, temperature: 1, top_p: 1 }, 1, sweep('top_p', [1, 0.6, 0.2])),
    spotlight: { view: 'columns', lens: { run: 2, token: 0 } },
    caption,
    picture: firstLines,
  },
  explain: [
    'Start with the widest bar. Add the next ones until they reach p. Keep those, drop the rest.',
    'The kept bars are stretched to fill the line again. So each gains, and the same draw can hit another word. Here it hit three.',
    'How many stay depends on the bars. If one word alone reaches p, it stays alone.',
  ],
  check: {
    question: 'Two bars: 70 % and 30 %. What does top-p 0.6 keep?',
    options: [
      { text: 'The first one only', reply: 'It reaches 0.6 by itself. Nothing more is needed.' },
      { text: 'Both', reply: 'It adds bars only until 0.6 is reached, and the first has 0.7.' },
      { text: '60 % of each', reply: 'A bar is kept as a whole or dropped.' },
    ],
    right: 0,
  },
  change: {
    instruction: 'Ask for the capital of Italy. Here the model is sure. How many are kept now?',
    recipe: seedlingRecipe(
      'What is the capital of Italy?',
      { seed: 8, temperature: 1, top_p: 1 },
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
    expected:
      'Three kept for the animal, and the draw 0.601 takes “-”, “I” and “A”. One kept for the capital, at 0.6 and at 0.2. So all three runs take “The”.',
    wrongIdeas: [
      'Top-p 0.6 keeps 60 % of the words. (It keeps 60 % of the chance, at least.)',
      'Top-p drops words below 60 %. (It adds bars up.)',
    ],
  },
};
