import { counted, listed, plural } from '@/lib/words/english';
import {
  countTexts,
  describeAgreement,
  describeDispatch,
  describeSeeds,
  type FinishedRun,
  makeAnswer,
  makeCaption,
} from './captions';
import type { Lesson } from './lesson';
import { textLetters } from './lesson-pictures';
import { seedlingRecipe } from './recipes';

const fingerprintOf = ({ record }: FinishedRun): string => record.fingerprints.join(' ');

/** What the fingerprints and the texts have to do with each other in these runs. */
function describeFingerprints(runs: readonly FinishedRun[]): string[] {
  const groups = [...Map.groupBy(runs, fingerprintOf)].filter(([value]) => value !== '').map(([, those]) => those);
  if (groups.length === 0) return ['No fingerprints were sent.'];
  const sizes = groups.map((those) => those.length).toSorted((a, b) => b - a);
  const seen = `${counted(groups.length, 'fingerprint')} seen, in ${listed(sizes)} ${plural(sizes.at(-1) ?? 0, 'run')}.`;
  const mixed = groups.some((those) => countTexts(those).texts > 1);
  if (mixed) return [seen, 'Runs with the same fingerprint gave different texts.'];
  const repeated = groups.some((those) => those.length > 1);
  return repeated ? [seen, 'Runs with the same fingerprint gave the same text.'] : [seen];
}

const caption = makeCaption(2, (runs) => [describeAgreement(runs), describeSeeds(runs), ...describeFingerprints(runs)]);

const loadCaption = makeCaption(2, (runs) => [
  describeDispatch(runs),
  describeAgreement(runs),
  ...describeFingerprints(runs),
]);

const prompt = 'Describe a coffee mug.';
const settings = { seed: 42, temperature: 0 };
const busy = seedlingRecipe(prompt, { ...settings, model: 'seedling-1-batched' }, 12);

export const whenTheServerMoves: Lesson = {
  slug: 'when-the-server-moves',
  title: 'When the server moves',
  minutes: 6,
  learns: 'A seed cannot fix how a far server rounds its sums.',
  predict: {
    kind: 'number',
    question: 'One seed, temperature 0, but three back ends that round in different ways. How many texts in 12 runs?',
    min: 1,
    max: 12,
    unit: 'text',
    expected: 2,
    happened: makeAnswer(2, (runs) => ({ answer: countTexts(runs).texts, because: [] })),
  },
  run: {
    instruction: 'Run it 12 times. Chance picks which back end answers. Compare the fingerprints.',
    recipe: seedlingRecipe(prompt, { ...settings, model: 'seedling-1-fleet' }, 12),
    spotlight: { view: 'variants', lens: 'fork' },
    caption,
    picture: textLetters,
  },
  explain: [
    'Each back end rounds its sums in its own way. That moves the bars by a hair. Where two bars are about as wide, a near tie, a hair is enough: another word wins.',
    'The fingerprint says which back end answered. Here the same request, seed and fingerprint give the same text.',
    'Real servers also split their sums by how busy they are. Then one fingerprint can give two texts. So it is a hint, and no proof.',
  ],
  onHardware: true,
  check: {
    question: 'Two runs have different fingerprints. Must their texts differ?',
    options: [
      {
        text: 'Yes, other rounding gives another text',
        reply: 'Rounding matters only at a near tie. Else both take the same word.',
      },
      { text: 'No, only near ties can part them', reply: 'Where one bar is clearly wider, a hair changes nothing.' },
      { text: 'Yes, the seed fits only one of them', reply: 'All back ends make the same draws from a seed.' },
    ],
    right: 1,
  },
  change: {
    instruction:
      'Now one back end. It splits its sums by how many of your runs are under way when one comes. On a real server those of others count too. Run it, then set “Send” to “one after the other” and run again.',
    recipe: busy,
    alsoAsked: [{ ...busy, dispatch: 'sequential' }],
    spotlight: { view: 'variants' },
    caption: loadCaption,
  },
  notes: {
    aim: 'A remote seed is best effort: rounding, load and updates lie outside it.',
    script: [
      'Add 0.4 + 0.4 + 0.4 and round each step to whole numbers, then only the sum: 0 against 1.',
      'Predict and run. Group the runs by fingerprint.',
      'Open the lens at the fork: two bars of 50 %.',
      'Run the change, then again one after the other. What others in class run at that moment does not count: each has a back end alone.',
    ],
    expected:
      'Mostly two texts: one back end goes another way after “clean”. By chance a back end may be missing. The busy back end gives two texts under one fingerprint, 7 runs against 5; one after the other it gives one.',
    wrongIdeas: [
      'The server adds chance to confuse us. (It adds numbers in another order.)',
      'The same fingerprint is a promise. (It is a hint.)',
    ],
  },
};
