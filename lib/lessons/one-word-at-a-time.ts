import { shareOf } from '@/lib/lens/moment';
import { counted } from '@/lib/words/english';
import { tokenName } from '@/lib/words/token';
import { barsText, choicesUnknown, firstChoices, makeAnswer, makeCaption } from './captions';
import type { Lesson } from './lesson';
import { firstBars } from './lesson-pictures';
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

const options = ['It', 'There', 'Once', 'Cat'];

export const oneWordAtATime: Lesson = {
  slug: 'one-word-at-a-time',
  title: 'One word at a time',
  minutes: 4,
  learns: 'A model gives every next word a chance, then takes one.',
  predict: {
    kind: 'choice',
    question: 'Seedling will tell a story about a cat. Which first word is the likeliest?',
    options,
    expected: 2,
    happened: makeAnswer(1, (runs) => {
      const top = firstChoices(runs)[0]?.first.options[0];
      if (!top) return { answer: null, because: [choicesUnknown] };
      const answer = options.indexOf(top.token);
      return answer === -1
        ? { answer: null, because: [`The likeliest was ${tokenName(top.token)}.`] }
        : { answer, because: [] };
    }),
  },
  run: {
    instruction:
      'Run it once. The lens opens at the first word. A bar is the chance of one word: the wider, the likelier.',
    recipe: seedlingRecipe('Tell me a story about a cat.', { seed: 9, temperature: 1 }),
    spotlight: { view: 'columns', lens: { run: 1, token: 0 } },
    caption,
    picture: firstBars,
  },
  explain: [
    'Seedling has no plan of the story. It looks at your prompt and at the last three tokens. Then it gives a chance to each token that could come next. Here a token is a word, a mark or a line break.',
    'One token is taken and joins the text. Then all the bars are worked out again. Click other words to see their bars.',
    'Large models look at all of the text, and some have been seen to plan ahead, such as for a rhyme. Yet they too put down one token at a time.',
  ],
  check: {
    question: 'When does Seedling choose the last word of the text?',
    options: [
      {
        text: 'Before it writes the first word',
        reply: 'At the first word it does not yet know how long the text will be.',
      },
      { text: 'When all the words before it are there', reply: 'Its bars need the three tokens before it.' },
      { text: 'At the same time as all the others', reply: 'A word needs bars, and these need the tokens before it.' },
    ],
    right: 1,
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
      'The model looks sentences up. (It works with tokens, and mixes what it has read. Seedling has read little, so it often repeats whole sentences.)',
      'The widest bar always wins. (Lesson 2.)',
      'All models look at three tokens. (Seedling does. Large ones look at thousands, and planning ahead has been shown: Lindsey et al. 2025, “On the Biology of a Large Language Model”.)',
    ],
  },
};
