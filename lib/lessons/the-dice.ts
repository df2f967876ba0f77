import { digitsFor, sayPlace, sayWidth } from '@/lib/words/numbers';
import { tokenName } from '@/lib/words/token';
import { choicesUnknown, firstChoices, makeAnswer, makeCaption } from './captions';
import type { Lesson } from './lesson';
import { firstLines } from './lesson-pictures';
import { seedlingRecipe } from './recipes';

const caption = makeCaption(1, (runs) => {
  const [run] = firstChoices(runs);
  const draw = run?.first.draw;
  if (!run || !draw) return [choicesUnknown];
  const digits = digitsFor(draw);
  const [u, from, to] = [draw.u, draw.from, draw.to].map((place) => sayPlace(place, digits));
  return [
    `The draw was ${u}. It fell in the part from ${from} to ${to}.`,
    `That part belongs to ${tokenName(run.first.token)}. It is as wide as its chance: ${sayWidth([draw], digits)}.`,
  ];
});

const options = ['The', 'I', 'It'];

export const theDice: Lesson = {
  slug: 'the-dice',
  title: 'The dice',
  minutes: 4,
  learns: 'To pick a word is to see in whose part of a line a random number falls.',
  predict: {
    kind: 'choice',
    question:
      'The bars lie end to end on a line. “The” has 0 to 0.435, “I” has 0.435 to 0.648 and “It” has 0.648 to 0.843. The draw is 0.596. Which word is taken?',
    options,
    expected: 1,
    happened: makeAnswer(1, (runs) => {
      const [run] = firstChoices(runs);
      if (!run) return { answer: null, because: [choicesUnknown] };
      const answer = options.indexOf(run.first.token);
      return answer === -1
        ? { answer: null, because: [`The run took ${tokenName(run.first.token)}.`] }
        : { answer, because: [] };
    }),
  },
  run: {
    instruction: 'Run it once. The needle in the lens shows the draw.',
    recipe: seedlingRecipe('Flip a coin.', { seed: 19, temperature: 1 }),
    spotlight: { view: 'columns', lens: { run: 1, token: 0 } },
    caption,
    picture: firstLines,
  },
  explain: [
    'Put all the bars side by side. They fill a line from 0 to 1. Now draw a random number from 0 up to 1. The word whose part it hits is taken.',
    'Each number is as likely as any other. So a wide part wins more often. But a narrow part can win too.',
    'Each token uses up one draw. Click through the words to see the needle move.',
  ],
  check: {
    question: 'A word has a chance of 5 %. Can it be taken?',
    options: [
      { text: 'Yes, in about 1 of 20 draws', reply: 'Its part covers one twentieth of the line.' },
      { text: 'No, the widest part always wins', reply: 'A draw can fall anywhere, so into a narrow part too.' },
      { text: 'Yes, but only after 19 other words', reply: 'Draws do not remember what came before.' },
    ],
    right: 0,
  },
  change: {
    instruction: 'Seed 25 makes another draw. The bars of the first word stay the same. Which word wins now?',
    recipe: seedlingRecipe('Flip a coin.', { seed: 25, temperature: 1 }),
    spotlight: { view: 'columns', lens: { run: 1, token: 0 } },
    caption,
  },
  notes: {
    aim: 'Sampling is a random number that lands in a segment.',
    script: [
      'Draw a line on the board and mark 0.435, 0.648 and 0.843.',
      'Let pupils call out numbers from 0 to 1 and name the word.',
      'Predict and run. The draw that the lens shows is 0.596.',
      'Run the change: same line, other needle.',
    ],
    expected: 'First “I”, then “It”. Neither has the widest part: that is “The”.',
    wrongIdeas: [
      'The likeliest word always comes. (Here it came in neither run.)',
      'The model is surer when a likely word was drawn. (The bars were there before the draw.)',
    ],
  },
};
