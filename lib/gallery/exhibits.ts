import { saplingRecipe, seedlingRecipe, seeds, sweep } from '@/lib/lessons/recipes';
import type { Exhibit } from './exhibit';

const clock = 'Write a story about an old clock.';
const clockSettings = { seed: 42, temperature: 0, max_completion_tokens: 120 };
const sea = 'Write a poem about the sea.';

const ofSeeds: Exhibit[] = [
  {
    slug: 'same-seed',
    title: 'Same seed, same text',
    says: [
      'One request with seed 12345 at temperature 1, five times: five equal haiku.',
      'sapling-1 calculates exactly, so its seed settles the whole text; a model behind an API may not keep that promise.',
    ],
    picture: 'text',
    recipe: saplingRecipe('Write a haiku about spring.', { seed: 12345, temperature: 1 }, 5),
    viewSettings: {},
  },
  {
    slug: 'seed-sweep',
    title: 'Twelve seeds, seven haiku',
    says: [
      'Only the seed differs between these twelve runs, and they give seven texts.',
      'In the tree they share their beginnings: at temperature 0.6 seven of the twelve start with “The rain is”.',
    ],
    picture: 'tree',
    recipe: saplingRecipe('Write a haiku about rain.', { seed: 1, temperature: 0.6 }, 1, seeds(1, 12)),
    viewSettings: { view: 'tree' },
  },
  {
    slug: 'wide-interval',
    title: 'Too few runs to tell',
    says: [
      'Four of five seeds give the same haiku, which sounds like a clear majority.',
      'The interval around that share, under Figures, reaches from 18 % to 99 %: five runs cannot say how common the text is.',
    ],
    picture: 'interval',
    recipe: saplingRecipe('Write a haiku about autumn leaves.', { seed: 1, temperature: 0.5 }, 1, seeds(1, 5)),
    viewSettings: { view: 'variants' },
  },
];

const ofSettings: Exhibit[] = [
  {
    slug: 'temperature-ladder',
    title: 'Up the temperature ladder',
    says: [
      'One seed at seven temperatures, from 0 to 2: seven texts.',
      'The draws stay the same and the words under them move, from a plain haiku at 0 to a heap of words at 2.',
    ],
    picture: 'strips',
    recipe: saplingRecipe(
      'Write a haiku about the sea.',
      { seed: 7 },
      1,
      sweep('temperature', [0, 0.25, 0.5, 0.75, 1, 1.5, 2]),
    ),
    viewSettings: {},
  },
  {
    slug: 'temperature-zero',
    title: 'Temperature 0, one poem',
    says: [
      'Five seeds at temperature 0 give one poem.',
      'The likeliest word is taken whatever is drawn, so the seed has nothing left to choose.',
    ],
    picture: 'text',
    recipe: saplingRecipe(sea, { seed: 1, temperature: 0 }, 1, seeds(1, 5)),
    viewSettings: { view: 'variants' },
  },
  {
    slug: 'frequency-penalty',
    title: 'A penalty ends the loop',
    says: [
      'Seedling, which looks back at three words only, goes round in one line of such a poem until its tokens are used up.',
      'With a frequency penalty of 0.5 or 1 it moves on, and ends by itself.',
    ],
    picture: 'strips',
    recipe: seedlingRecipe(
      sea,
      { seed: 1, temperature: 0 },
      1,
      [0, 0.5, 1].map((penalty) => ({ label: `penalty ${penalty}`, set: { frequency_penalty: penalty } })),
    ),
    viewSettings: {},
  },
];

const ofServers: Exhibit[] = [
  {
    slug: 'fleet',
    title: 'Temperature 0 on a fleet',
    says: [
      'Each word here is the likeliest, yet twelve runs at temperature 0 end one story in two ways.',
      'The simulated back ends round in three number formats, and one of them parts from the others at a near tie.',
    ],
    picture: 'fork',
    recipe: saplingRecipe(clock, { ...clockSettings, model: 'sapling-1-fleet' }, 12),
    viewSettings: { view: 'variants' },
  },
  {
    slug: 'load',
    title: 'A busy server',
    says: [
      'Twelve equal requests at once, temperature 0, one seed: seven runs give one text and five another.',
      'The simulated server splits its sums by how many requests it has when one comes, and all twelve runs carry one fingerprint.',
    ],
    picture: 'letters',
    recipe: saplingRecipe(clock, { ...clockSettings, model: 'sapling-1-batched' }, 12),
    viewSettings: { view: 'variants' },
  },
  {
    slug: 'regression',
    title: 'A regression, found',
    says: [
      'The same request before and after a change of model: six runs of sapling-1 give one text, six of sapling-1-batched two.',
      'The table by setting shows that it is the new model that no longer repeats itself.',
    ],
    picture: 'settings',
    recipe: saplingRecipe(clock, clockSettings, 6, [
      { label: 'sapling-1', set: { model: 'sapling-1' } },
      { label: 'sapling-1-batched', set: { model: 'sapling-1-batched' } },
    ]),
    viewSettings: {},
  },
];

const ofAnswers: Exhibit[] = [
  {
    slug: 'json-task',
    title: 'Asked for JSON',
    says: [
      'Eight seeds name three birds each, and none of the answers is JSON: four are numbered, three have dashes, and one is a sentence.',
      'Compared as JSON no two are equal: a program that parses them gets nothing.',
    ],
    picture: 'texts',
    recipe: saplingRecipe('Name three birds as JSON.', { seed: 1, temperature: 1 }, 1, seeds(1, 8)),
    viewSettings: { mode: 'json' },
  },
  {
    slug: 'extracted-answer',
    title: 'One answer, six wordings',
    says: [
      'Twenty seeds give six texts, but one answer: the last number in each, and all twenty say 56.',
      'A test of the most common wording would fail in ten runs of twenty; a test of the answer in none.',
    ],
    picture: 'texts',
    recipe: saplingRecipe('What is 7 times 8?', { seed: 1, temperature: 0.7 }, 1, seeds(1, 20)),
    viewSettings: { mode: 'answer' },
  },
  {
    slug: 'sure-and-wrong',
    title: 'Sure, and wrong',
    says: [
      'Asked how many hours a week has, six of eight runs give the same text: “There are twenty-four hours.”',
      'Runs that agree show that an answer repeats, and not that it is right.',
    ],
    picture: 'text',
    recipe: saplingRecipe('How many hours are there in a week?', { seed: 1, temperature: 0.7 }, 1, seeds(1, 8)),
    viewSettings: {},
  },
];

/** The experiments of the gallery by what they are about, in the order in which they are shown. */
export const gallery: readonly { title: string; exhibits: readonly Exhibit[] }[] = [
  { title: 'What a seed does', exhibits: ofSeeds },
  { title: 'What a setting does', exhibits: ofSettings },
  { title: 'What a server does', exhibits: ofServers },
  { title: 'What counts as the same', exhibits: ofAnswers },
];

/** All of them. */
export const exhibits: readonly Exhibit[] = gallery.flatMap(({ exhibits }) => exhibits);

export const exhibitSlugs: readonly string[] = exhibits.map(({ slug }) => slug);
export const exhibitBySlug = (slug: string): Exhibit | undefined => exhibits.find((exhibit) => exhibit.slug === slug);
