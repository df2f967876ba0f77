/** The terms of the glossary, by the names that links and `Term` use. */
export type TermName =
  | 'seed'
  | 'prng'
  | 'attention'
  | 'layer'
  | 'logit'
  | 'softmax'
  | 'temperature'
  | 'top-p'
  | 'penalty'
  | 'logprob'
  | 'fingerprint'
  | 'determinism'
  | 'batch-invariance'
  | 'floating-point';

/** Titles of all lessons by slug, in their order, for whatever names them without loading them. */
export const lessonTitles = {
  'one-word-at-a-time': 'One word at a time',
  'the-dice': 'The dice',
  'same-seed-same-text': 'Same seed, same text',
  'new-seed-new-text': 'New seed, new text',
  'temperature-bends-the-bars': 'Temperature bends the bars',
  'top-p-cuts-the-tail': 'Top-p cuts the tail',
  'temperature-zero': 'Temperature 0',
  'one-word-another-world': 'One word, another world',
  'when-the-server-moves': 'When the server moves',
  'how-many-runs': 'How many runs are enough?',
  'a-test-that-does-not-flake': 'A test that does not flake',
  'seeds-are-not-styles': 'Seeds are not styles',
  'what-the-model-looks-at': 'What the model looks at',
  'the-same-sum-in-another-order': 'The same sum in another order',
} as const;
export type LessonSlug = keyof typeof lessonTitles;

/**
 * What a term means: the term as it is written, a note of at most two sentences in plain words, and the slugs of the
 * lessons that it belongs to, in the order of the lessons.
 */
export type GlossaryEntry = { name: TermName; term: string; note: string; lessons: LessonSlug[] };

/** All terms, in the order in which one meets them on the way from a seed to a text. */
export const glossary: readonly GlossaryEntry[] = [
  {
    name: 'seed',
    term: 'Seed',
    note: 'The starting number for the dice. Same seed, same dice.',
    lessons: ['same-seed-same-text', 'new-seed-new-text', 'seeds-are-not-styles'],
  },
  {
    name: 'prng',
    term: 'PRNG',
    note: 'Short for pseudorandom number generator: a fixed rule that turns a seed into a list of numbers that look like chance. Start it again with the same seed, and the same list comes out.',
    lessons: ['the-dice'],
  },
  {
    name: 'attention',
    term: 'Attention',
    note: 'For each token, a model shares out 100 % of its look over all tokens so far, and takes more from where it looks more. One such look is a head, and a model has many.',
    lessons: ['what-the-model-looks-at'],
  },
  {
    name: 'layer',
    term: 'Layer',
    note: 'A network works in layers, one after the other, and each adds a little to its guess. To read the guess off after a layer in the middle is called the logit lens.',
    lessons: ['what-the-model-looks-at'],
  },
  {
    name: 'logit',
    term: 'Logit',
    note: 'The raw score that a model gives to each word that could come next. It can be any number, even below zero; a higher score means a likelier word.',
    lessons: ['one-word-at-a-time'],
  },
  {
    name: 'softmax',
    term: 'Softmax',
    note: 'The step that turns raw scores into chances that add up to 100 %. A score that is higher by 1 makes a word about 2.7 times as likely.',
    lessons: ['one-word-at-a-time'],
  },
  {
    name: 'temperature',
    term: 'Temperature',
    note: 'Below 1 favours likely words; above 1 gives unlikely words more chance. It changes the chances, not the dice.',
    lessons: ['temperature-bends-the-bars', 'temperature-zero'],
  },
  {
    name: 'top-p',
    term: 'Top-p',
    note: 'Keeps the likeliest words until they add up to p; drops the rest. The chances of the kept words then grow until they fill the whole line.',
    lessons: ['top-p-cuts-the-tail'],
  },
  {
    name: 'penalty',
    term: 'Penalty',
    note: 'Takes something off the score of a word that the text has used already, so that it comes back less often. A frequency penalty counts every use; a presence penalty counts once.',
    lessons: [],
  },
  {
    name: 'logprob',
    term: 'Logprob',
    note: 'The logarithm of a chance, the form in which models report it. It is 0 for a word that is certain, and further below 0 the less likely the word is.',
    lessons: ['one-word-another-world'],
  },
  {
    name: 'fingerprint',
    term: 'Fingerprint',
    note: 'An id the provider may send for the system that answered; some send only a build number, which servers with other settings share. For the same request and seed, the same id makes equal text likely, not certain.',
    lessons: ['when-the-server-moves'],
  },
  {
    name: 'determinism',
    term: 'Determinism',
    note: 'The same input gives the same output, every time. The models seedling-1 and sapling-1 keep to that for the same request with the same seed; a model behind an API may try, but seldom promises it.',
    lessons: ['same-seed-same-text', 'temperature-zero', 'how-many-runs'],
  },
  {
    name: 'batch-invariance',
    term: 'Batch invariance',
    note: 'A server has it if your numbers come out the same, however many requests share the work. Without it, sums may be split in other ways when the server is busy, and the last digits move.',
    lessons: ['when-the-server-moves', 'the-same-sum-in-another-order'],
  },
  {
    name: 'floating-point',
    term: 'Floating point',
    note: 'How computers keep fractions: with a limited number of digits, rounded at each step. So the order of adding can change the last digit.',
    lessons: ['when-the-server-moves', 'the-same-sum-in-another-order'],
  },
];

/** The entry of a term. */
export function glossaryEntry(name: TermName): GlossaryEntry {
  const entry = glossary.find((each) => each.name === name);
  if (!entry) throw new Error(`The glossary has no entry for ${name}.`);
  return entry;
}
