import { seedlingRecipe, seeds, sweep } from '@/lib/lessons/recipes';
import type { Exhibit } from './exhibit';

const mug = 'Describe a coffee mug.';
const mugSettings = { seed: 42, temperature: 0 };
const sea = 'Write a poem about the sea.';

const ofSeeds: Exhibit[] = [
  {
    slug: 'same-seed',
    title: 'Same seed, same text',
    says: [
      'One request with seed 12345 at temperature 1, five times: five equal haiku.',
      'seedling-1 calculates exactly, so its seed settles the whole text; a model behind an API may not keep that promise.',
    ],
    picture: 'letters',
    recipe: seedlingRecipe('Write a haiku about spring.', { seed: 12345, temperature: 1 }, 5),
    viewSettings: {},
  },
  {
    slug: 'seed-sweep',
    title: 'Twelve seeds, ten haiku',
    says: [
      'Only the seed differs between these twelve runs, and they give ten texts.',
      'In the tree the same beginnings come back: at temperature 0.4 the seeds choose among a few likely first lines.',
    ],
    picture: 'tree',
    recipe: seedlingRecipe('Write a haiku about winter.', { seed: 1, temperature: 0.4 }, 1, seeds(1, 12)),
    viewSettings: { view: 'tree' },
  },
  {
    slug: 'wide-interval',
    title: 'Too few runs to tell',
    says: [
      'Four of five seeds suggest the same names for a cat, which sounds like a clear majority.',
      'The interval around that share, under Figures, reaches from 18 % to 99 %: five runs cannot say how common the text is.',
    ],
    picture: 'interval',
    recipe: seedlingRecipe('Good name for a cat?', { seed: 1, temperature: 0.4 }, 1, seeds(1, 5)),
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
    recipe: seedlingRecipe(
      'Write a haiku about the moon.',
      { seed: 7 },
      1,
      sweep('temperature', [0, 0.25, 0.5, 0.75, 1, 1.5, 2]),
    ),
    viewSettings: {},
  },
  {
    slug: 'temperature-zero',
    title: 'Temperature 0 goes round',
    says: [
      'Five seeds at temperature 0 give one poem, since the likeliest word is taken whatever is drawn.',
      'It repeats one line until its tokens are used up.',
    ],
    picture: 'text',
    recipe: seedlingRecipe(sea, { seed: 1, temperature: 0 }, 1, seeds(1, 5)),
    viewSettings: {},
  },
  {
    slug: 'frequency-penalty',
    title: 'A penalty ends the loop',
    says: [
      'The same poem at temperature 0, with a frequency penalty of 0, 0.5 and 1.',
      'Without one it repeats a line up to its token limit; with either penalty it moves on, and ends by itself.',
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
      'Each word here is the likeliest, yet twelve runs at temperature 0 give two texts.',
      'The simulated back ends round in three number formats, and one of them parts from the others at a near tie.',
    ],
    picture: 'letters',
    recipe: seedlingRecipe(mug, { ...mugSettings, model: 'seedling-1-fleet' }, 12),
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
    recipe: seedlingRecipe(mug, { ...mugSettings, model: 'seedling-1-batched' }, 12),
    viewSettings: { view: 'variants' },
  },
  {
    slug: 'regression',
    title: 'A regression, found',
    says: [
      'The same request before and after a change of model: six runs of seedling-1 give one text, six of seedling-1-batched two.',
      'The table by setting shows that it is the new model that no longer repeats itself.',
    ],
    picture: 'settings',
    recipe: seedlingRecipe(mug, mugSettings, 6, [
      { label: 'seedling-1', set: { model: 'seedling-1' } },
      { label: 'seedling-1-batched', set: { model: 'seedling-1-batched' } },
    ]),
    viewSettings: {},
  },
];

const ofAnswers: Exhibit[] = [
  {
    slug: 'json-task',
    title: 'Asked for JSON',
    says: [
      'Eight seeds, and none of the answers is JSON: each is a sentence that names the city.',
      'Compared as JSON no two are equal, though seven of the eight texts are the same.',
    ],
    picture: 'letters',
    recipe: seedlingRecipe('Give the capital of France as JSON.', { seed: 1, temperature: 0.4 }, 1, seeds(1, 8)),
    viewSettings: { mode: 'json' },
  },
  {
    slug: 'extracted-answer',
    title: 'One answer, two wordings',
    says: [
      'Twenty seeds give two texts, but one answer: a pattern takes the city out of each, and all twenty say Paris.',
      'A test of the wording would fail in two runs of twenty; a test of the answer in none.',
    ],
    picture: 'letters',
    recipe: seedlingRecipe('What is the capital of France?', { seed: 1, temperature: 0.4 }, 1, seeds(1, 20)),
    viewSettings: { mode: 'answer', pattern: '\\b(?:Paris|Rome|Madrid|Berlin|Tokyo|Cairo|Lisbon)\\b' },
  },
  {
    slug: 'sure-and-wrong',
    title: 'Sure, and wrong',
    says: [
      'Asked for seven plus five, seven of eight runs give the same text: “Five plus five is ten.”',
      'Runs that agree show that an answer repeats, and not that it is right.',
    ],
    picture: 'text',
    recipe: seedlingRecipe('What is seven plus five?', { seed: 1, temperature: 0.7 }, 1, seeds(1, 8)),
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

const all = gallery.flatMap(({ exhibits }) => exhibits);

export const exhibitSlugs: readonly string[] = all.map(({ slug }) => slug);
export const exhibitBySlug = (slug: string): Exhibit | undefined => all.find((exhibit) => exhibit.slug === slug);
