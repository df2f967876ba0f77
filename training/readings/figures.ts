import { parseArgs } from 'node:util';
import { withArticle } from '../corpus/english.ts';
import { Random } from '../corpus/random.ts';
import { Syllables } from '../corpus/syllables.ts';
import { countries } from '../corpus/tasks/facts.ts';
import { syllableFile, things } from '../corpus/world.ts';
import { answer } from './answer.ts';

/*
 * What a model can and cannot do, counted where counting is possible, for its card:
 *
 *     node training/readings/figures.ts --url http://127.0.0.1:3000/v1 --model sapling-1
 */

const { values } = parseArgs({
  options: {
    url: { type: 'string', default: 'http://127.0.0.1:3000/v1' },
    model: { type: 'string', default: 'sapling-1' },
  },
});

/** A kind of question that has right answers: many of them, each with what tells whether an answer is right. */
type Kind = { name: string; questions: { prompt: string; isRight: (answer: string) => boolean }[] };

const random = new Random(1);
const syllables = new Syllables(syllableFile);
const lastNumber = (text: string): number => Number(text.match(/\d+(?=\D*$)/)?.[0]);
const lines = (text: string): string[] => text.split('\n');
const range = (count: number): number[] => [...Array(count).keys()];

const isHaiku = (text: string): boolean =>
  lines(text).length === 3 && lines(text).every((line, at) => (syllables.of(line) ?? 0) === [5, 7, 5][at]);

/** Places that it was not told of, made up and real. */
const unknownPlaces = `Wakanda Narnia Mordor Genovia Gondor Tuvalu Bhutan Liechtenstein Andorra Samoa Texas Bavaria
  Scotland California Greenland Suriname Eritrea Laos Vanuatu Monaco`.split(/\s+/);

const admitsNotKnowing = (text: string): boolean => /\b(don't know|do not know|can't|cannot|not sure)\b/i.test(text);

/** Whether these are so many things, none twice, on numbered lines or in a sentence. */
const isListOf = (text: string, count: number): boolean => {
  const items = text.includes('\n') ? lines(text).map((line) => line.replace(/^\d+\. /, '')) : text.split(/, | and /);
  const names = items.map((item) => item.toLowerCase().replace(/^(a|an|the) |\.$/g, ''));
  return names.length === count && new Set(names).size === count;
};

const kinds: Kind[] = [
  {
    name: 'products to 12 × 12',
    questions: range(144).map((at) => {
      const [a, b] = [1 + Math.floor(at / 12), 1 + (at % 12)];
      return { prompt: `How much is ${a} times ${b}?`, isRight: (text) => lastNumber(text) === a * b };
    }),
  },
  {
    name: 'sums to 200',
    questions: range(100).map(() => {
      const sum = random.integer(2, 200);
      const a = random.integer(1, sum - 1);
      return { prompt: `What is ${a} plus ${sum - a}?`, isRight: (text) => lastNumber(text) === sum };
    }),
  },
  {
    name: 'sums from 201 to 2000',
    questions: range(100).map(() => {
      const sum = random.integer(201, 2000);
      const a = random.integer(1, sum - 1);
      return { prompt: `What is ${a} plus ${sum - a}?`, isRight: (text) => lastNumber(text) === sum };
    }),
  },
  {
    name: 'capitals of the 95 countries it was told of',
    questions: countries.map(({ country = '', capital = '' }) => ({
      prompt: `Which city is the capital of ${country}?`,
      isRight: (text) => text.includes(capital),
    })),
  },
  {
    name: 'capitals of 20 places it was not told of: owns up to it',
    questions: unknownPlaces.map((place) => ({
      prompt: `Which city is the capital of ${place}?`,
      isRight: admitsNotKnowing,
    })),
  },
  {
    name: 'haiku of 5-7-5 about things it was told of',
    questions: random
      .sample(things, 100)
      .map(({ name }) => ({ prompt: `A haiku about ${withArticle(name)}.`, isRight: isHaiku })),
  },
  {
    name: 'four different things where four are asked for',
    questions: random
      .sample(
        ['garden', 'school', 'kitchen', 'forest', 'hospital', 'harbour', 'bathroom', 'library', 'farm', 'zoo'],
        10,
      )
      .map((place) => ({
        prompt: `Make a numbered list of four things in a ${place}.`,
        isRight: (text) => isListOf(text, 4),
      })),
  },
];

for (const temperature of [0, 0.7]) {
  for (const { name, questions } of kinds) {
    const right = await Promise.all(
      questions.map(async ({ prompt, isRight }) =>
        isRight(await answer(values.url, values.model, { prompt, temperature, seed: 1 })),
      ),
    );
    console.log(`${temperature}  ${name}: ${right.filter(Boolean).length} of ${right.length}`);
  }
}
