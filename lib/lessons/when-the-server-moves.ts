import { counted } from '@/lib/words/english';
import { countTexts, describeAgreement, describeSeeds, describeTexts, type FinishedRun, makeCaption } from './captions';
import type { Lesson } from './lesson';
import { seedlingRecipe } from './recipes';

const fingerprintOf = ({ record }: FinishedRun): string => record.fingerprints.join(' ');

/** What the fingerprints and the texts have to do with each other in these runs. */
function describeFingerprints(runs: readonly FinishedRun[]): string[] {
  const groups = [...Map.groupBy(runs, fingerprintOf)].filter(([value]) => value !== '').map(([, those]) => those);
  if (groups.length === 0) return ['No fingerprints were sent.'];
  const seen = `${counted(groups.length, 'fingerprint')} seen.`;
  const mixed = groups.some((those) => countTexts(those).texts > 1);
  if (mixed) return [seen, 'Runs with the same fingerprint gave different texts.'];
  const repeated = groups.some((those) => those.length > 1);
  return repeated ? [seen, 'Runs with the same fingerprint gave the same text.'] : [seen];
}

const caption = makeCaption(2, (runs) => [describeAgreement(runs), describeSeeds(runs), ...describeFingerprints(runs)]);

const prompt = 'Describe a coffee mug.';

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
    unit: 'texts',
    happened: makeCaption(2, (runs) => [describeTexts(runs)]),
  },
  run: {
    instruction: 'Run it 12 times. Chance picks who answers. Compare the fingerprints.',
    recipe: seedlingRecipe(prompt, { model: 'seedling-1-fleet', seed: 42, temperature: 0 }, 12),
    spotlight: { view: 'variants', lens: 'fork' },
    caption,
  },
  explain: [
    'Each back end rounds its sums in its own way. That moves the bars by a hair. At a near tie a hair is enough: another word wins.',
    'The fingerprint says which back end answered. Here, same seed and same fingerprint mean the same text.',
    'Real servers add up in groups that depend on their load. Then one fingerprint can give two texts. So it is a hint, and no proof.',
  ],
  check: {
    question: 'Two runs have different fingerprints. Must their texts differ?',
    options: ['Yes', 'No'],
    right: 1,
    why: 'Rounding matters only at a near tie. Else both take the same word.',
  },
  change: {
    instruction:
      'Now one back end whose sums depend on how busy it is. Run it 36 times: 32 start at once, 4 wait. Then set “Send” to “one after the other”.',
    recipe: seedlingRecipe(prompt, { model: 'seedling-1-batched', seed: 42, temperature: 0.3 }, 36),
    spotlight: { view: 'variants' },
    caption,
  },
  notes: {
    aim: 'A remote seed is best effort: rounding, load and updates lie outside it.',
    script: [
      'Add 0.4 + 0.4 + 0.4 and round each step to whole numbers, then only the sum: 0 against 1.',
      'Predict and run. Group the runs by fingerprint.',
      'Open the lens at the fork: two bars of 50 %.',
      'Run the change, then again one after the other. In class, others who run at that moment add to the load.',
    ],
    expected:
      'Mostly two texts: one back end goes another way after “clean”. By chance a back end may be missing. The busy back end gives several texts under one fingerprint; one after the other it gives one.',
    wrongIdeas: [
      'The server adds chance to confuse us. (It adds numbers in another order.)',
      'The same fingerprint is a promise. (It is a hint.)',
    ],
  },
};
