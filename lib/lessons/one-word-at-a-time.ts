import { shareOf } from '@/lib/lens/moment';
import { counted } from '@/lib/words/english';
import { tokenName } from '@/lib/words/lens';
import { barsText, choicesUnknown, firstChoices, makeCaption } from './captions';
import type { Lesson } from './lesson';
import { seedlingRecipe } from './recipes';

const caption = makeCaption(1, (runs) => {
  const [run] = firstChoices(runs);
  if (!run) return [choicesUnknown];
  const { first, record, moments } = run;
  const [top] = first.options;
  const sure = top && shareOf(top) > 0.5 ? 'One token has more than half.' : 'No token has more than half.';
  const picked = moments.filter(({ token }) => token !== '').length;
  return [
    `The widest bars for the first token: ${barsText(first.options)}.`,
    sure,
    `Run ${record.run} took ${tokenName(first.token)}. It picked ${counted(picked, 'token')} in all.`,
  ];
});

export const oneWordAtATime: Lesson = {
  slug: 'one-word-at-a-time',
  title: 'One word at a time',
  minutes: 4,
  learns: 'A model gives every next word a chance, then takes one.',
  predict: {
    kind: 'choice',
    question: 'Seedling will tell a story about a cat. Which first word gets the widest bar?',
    options: ['Once', 'It', 'There', 'Cat'],
    happened: makeCaption(1, (runs) => {
      const top = firstChoices(runs)[0]?.first.options[0];
      return [top ? `The widest bar was that of ${tokenName(top.token)}.` : choicesUnknown];
    }),
  },
  run: {
    instruction: 'Run it once. The lens opens at the first word. Each bar is the chance of one word.',
    recipe: seedlingRecipe('Tell me a story about a cat.', { seed: 9, temperature: 1 }),
    spotlight: { view: 'columns', lens: { run: 1, token: 0 } },
    caption,
  },
  explain: [
    'The model does not plan the whole story. It looks at the prompt and at the text so far. Then it gives a chance to each token that could come next. A token is a word, a part of a word or a mark.',
    'One token is taken and joins the text. Then all the bars are worked out again. Click other words to see their bars.',
  ],
  check: {
    question: 'When does the model choose the last word of the text?',
    options: ['Before it writes the first word', 'When all the words before it are there'],
    right: 1,
    why: 'It picks one token after another. The text so far shapes the bars of the next one.',
  },
  change: {
    instruction: 'Now ask for a colour. Is the model as sure of the first word?',
    recipe: seedlingRecipe('Name a colour.', { seed: 2, temperature: 1 }),
    spotlight: { view: 'columns', lens: { run: 1, token: 0 } },
    caption,
  },
  notes: {
    aim: 'See a text as a chain of choices, each with its own bars.',
    script: [
      'Ask the class for the next word of “Once upon a”. Nearly all say the same word.',
      'Predict, then run. Read the bars of the first word aloud.',
      'Click “upon” and “a”: one bar has nearly all. Then click a word with many bars.',
      'Run the change. Compare how wide the widest bar is.',
    ],
    expected: '“Once” has about 64 %. For a colour no first word has half: “A” and “I” are close.',
    wrongIdeas: [
      'The model looks sentences up. (It works with tokens, and mixes what it has read.)',
      'The widest bar always wins. (Lesson 2.)',
      'Tokens are always words. (Marks and parts of words are tokens too.)',
    ],
  },
};
