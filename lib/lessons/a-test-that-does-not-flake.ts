import { type EqualityMode, type EqualityOptions, groupByEquality } from '@/lib/compare/align/equality';
import { listed } from '@/lib/words/english';
import { type FinishedRun, makeCaption } from './captions';
import type { Lesson } from './lesson';
import { seedlingRecipe, seeds } from './recipes';

/** A check of a text: what it is called, and how many runs pass it. */
type TextCheck = { name: string; passed: (runs: readonly FinishedRun[]) => number };

/** Passed by the runs that agree with the most under a mode. */
const agreeing = (mode: EqualityMode, options: EqualityOptions = {}): TextCheck['passed'] => {
  return (runs) => {
    const texts = runs.map(({ record }) => record);
    return groupByEquality(texts, mode, options).find(({ key }) => key !== null)?.runs.length ?? 0;
  };
};

const containing =
  (part: string): TextCheck['passed'] =>
  (runs) =>
    runs.filter(({ record }) => record.text.includes(part)).length;

const city = /\b(?:Paris|Rome|Madrid|Berlin|Tokyo|Cairo|Lisbon)\b/u;

const checks: TextCheck[] = [
  { name: 'same exact text', passed: agreeing('exact') },
  { name: 'same but for case and marks', passed: agreeing('case-punctuation') },
  { name: 'same JSON value', passed: agreeing('json') },
  { name: 'contains “capital”', passed: containing('capital') },
  { name: 'names the same city', passed: agreeing('answer', { answer: city }) },
];

const caption = makeCaption(2, (runs) => [
  `Passed, of ${runs.length}: ${listed(checks.map(({ name, passed }) => `${name} ${passed(runs)}`))}.`,
]);

const prompt = 'What is the capital of France?';

export const aTestThatDoesNotFlake: Lesson = {
  slug: 'a-test-that-does-not-flake',
  title: 'A test that does not flake',
  minutes: 6,
  learns: 'Test what must hold, and not the wording.',
  predict: {
    kind: 'choice',
    question: 'You ask for the capital of France with 20 seeds. Which check do all runs pass?',
    options: checks.map(({ name }) => name),
    happened: makeCaption(2, (runs) => {
      const all = checks.filter(({ passed }) => passed(runs) === runs.length).map(({ name }) => `“${name}”`);
      return [all.length > 0 ? `All runs passed ${listed(all)}.` : 'No check was passed by all runs.'];
    }),
  },
  run: {
    instruction: 'Run 20 seeds. Each text goes through five checks.',
    recipe: seedlingRecipe(prompt, { seed: 1, temperature: 0.4 }, 1, seeds(1, 20)),
    spotlight: { view: 'variants' },
    caption,
  },
  explain: [
    'A test that now passes and now fails, with nothing broken, is flaky. No one trusts it.',
    'A check of the exact text fails as soon as the model says it in other words. A check of the answer looks only at what must hold.',
    'Pin what you can: model, seed and settings. Note the fingerprint. Then a failed test tells you more.',
  ],
  check: {
    question: 'A run says “Paris. The city lies on the river Seine.” Which check should fail?',
    options: ['None that looks for the answer', 'All of them'],
    right: 0,
    why: 'The answer is right. Only the wording is new.',
  },
  change: {
    instruction: 'Raise the temperature to 0.9. A good check should now fail at times. Read the texts it fails.',
    recipe: seedlingRecipe(prompt, { seed: 1, temperature: 0.9 }, 1, seeds(1, 20)),
    spotlight: { view: 'variants' },
    caption,
  },
  notes: {
    aim: 'Choose a check by what must be true of every good answer.',
    script: [
      'Collect ways to say that Paris is the capital.',
      'Predict and run. Read the counts check by check.',
      'Ask which check a friend could trust.',
      'Run the change: some texts hold no city, and the answer check finds them.',
    ],
    expected:
      'Only the city is named by all 20. The exact text holds in 18. At 0.9 the city check fails for texts that are wrong.',
    wrongIdeas: [
      'A stricter check is a better one. (It fails for the wrong reason.)',
      'A check that never fails is good. (It must fail when the answer is wrong.)',
    ],
  },
};
