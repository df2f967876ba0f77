import { shareOf } from '@/lib/lens/moment';
import { inSequence } from '@/lib/words/english';
import { sayPlace, sayWholePercent } from '@/lib/words/numbers';
import { tokenName } from '@/lib/words/token';
import {
  choicesUnknown,
  describeAgreement,
  describeSeeds,
  type FinishedRun,
  firstChoices,
  makeAnswer,
  makeCaption,
} from './captions';
import type { Lesson } from './lesson';
import { firstLines } from './lesson-pictures';
import { seedlingRecipe, sweep } from './recipes';

const barAt = ({ request, first }: ReturnType<typeof firstChoices>[number]) => {
  const [top] = first.options;
  return { temperature: request.temperature ?? 1, top: top?.token ?? '', chance: top ? shareOf(top) : 0, first };
};

/** The widest first bar at each temperature, lowest first. */
const bars = (runs: readonly FinishedRun[]) =>
  [...Map.groupBy(firstChoices(runs).map(barAt), ({ temperature }) => temperature).values()]
    .flatMap(([one]) => (one ? [one] : []))
    .toSorted((a, b) => a.temperature - b.temperature);

const sweepCaption = makeCaption(1, (runs) => {
  const rows = bars(runs).map(
    ({ temperature, top, chance, first }) =>
      `T ${temperature}: ${tokenName(top)} has ${sayWholePercent(chance)}; the run took ${tokenName(first.token)}.`,
  );
  const draws = new Set(firstChoices(runs).flatMap(({ first }) => (first.draw ? [first.draw.u] : [])));
  const [u] = draws;
  const needle =
    rows.length > 1 && draws.size === 1 && u !== undefined ? [`The first draw is ${sayPlace(u)} in all of them.`] : [];
  return rows.length > 0 ? [...rows, ...needle] : [choicesUnknown];
});

const prompt = 'Flip a coin.';

export const temperatureBendsTheBars: Lesson = {
  slug: 'temperature-bends-the-bars',
  title: 'Temperature bends the bars',
  minutes: 5,
  learns: 'Temperature makes the bars sharper or flatter. It adds no randomness of its own.',
  predict: {
    kind: 'choice',
    question: 'At temperature 1 the widest bar has 43 %. What will it have at 1.5?',
    options: ['More', 'Less', 'The same'],
    expected: 1,
    happened: makeAnswer(1, (runs) => {
      const rows = bars(runs).filter(({ temperature }) => temperature >= 1);
      const [one, hot] = [rows[0], rows.at(-1)];
      if (!one || !hot || one === hot) return { answer: null, because: ['The runs at T 1 and above do not show it.'] };
      const because = rows.map(({ temperature, chance }) => `At T ${temperature} it has ${sayWholePercent(chance)}.`);
      if (hot.chance === one.chance) return { answer: 2, because };
      return { answer: hot.chance > one.chance ? 0 : 1, because };
    }),
  },
  run: {
    instruction: 'Run four temperatures with one seed. So the draws stay the same. Look at the bars of the first word.',
    recipe: seedlingRecipe(
      prompt,
      { seed: 8, temperature: 1, max_completion_tokens: 20 },
      1,
      sweep('temperature', [0, 0.5, 1, 1.5]),
    ),
    spotlight: { view: 'columns', lens: { run: 3, token: 0 } },
    caption: sweepCaption,
    picture: firstLines,
  },
  explain: [
    'Below 1, wide bars get wider. At 0 the widest takes the whole line. Above 1, narrow bars gain and wide ones lose.',
    'The needle stays where it is. But the parts move under it, so another word can win.',
    'Very high temperatures give odd words a real chance. Then the text falls apart.',
  ],
  check: {
    question: 'Same seed, temperature 1.5, five runs. What do you get?',
    options: [
      { text: 'Five texts', reply: 'All five have the same bars and the same draws. Nothing is left to differ.' },
      {
        text: 'One text, five times',
        reply: 'Temperature shapes the bars; only the draws are random, and the seed fixes those.',
      },
      {
        text: 'Mostly one text, with a few odd words',
        reply: 'Odd words are likelier at 1.5, but the same ones in all five runs.',
      },
    ],
    right: 1,
  },
  change: {
    instruction: 'Test it: five runs at 1.5, all with seed 8.',
    recipe: seedlingRecipe(prompt, { seed: 8, temperature: 1.5, max_completion_tokens: 20 }, 5),
    spotlight: { view: 'columns', lens: { run: 1, token: 0 } },
    caption: makeCaption(2, (runs) => [
      `${inSequence([...new Set(runs.map(({ request }) => `T ${request.temperature ?? 1}`))])}.`,
      describeAgreement(runs),
      describeSeeds(runs),
    ]),
  },
  notes: {
    aim: 'Temperature changes the chances, not the draws.',
    script: [
      'Draw four bars on the board. Ask for the shape at a low and at a high temperature.',
      'Predict and run. Read the widest bar at each temperature.',
      'Move the slider in the lens: the needle stays.',
      'Run the change and ask where the randomness comes from.',
    ],
    expected: 'The widest bar falls from 100 % at 0 to 28 % at 1.5. Five runs at 1.5 with one seed are the same.',
    wrongIdeas: [
      'High temperature means a different text each time. (Not with the same seed.)',
      'Temperature is creativity. (It is a number that flattens bars.)',
    ],
  },
};
