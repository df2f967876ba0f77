import { type EqualityMode, type EqualityOptions, groupByEquality } from '@/lib/compare/align/equality';
import { listed } from '@/lib/words/english';
import { type FinishedRun, makeAnswer, makeCaption } from './captions';
import type { Lesson } from './lesson';
import { textLetters } from './lesson-pictures';
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

/** A run that names a city in a text that came only once: whether that makes sense, no check asks. */
function describeOdd(runs: readonly FinishedRun[]): string[] {
  const odd = runs.find(
    ({ record: { text } }) => city.test(text) && runs.filter(({ record }) => record.text === text).length === 1,
  );
  return odd ? [`Read run ${odd.record.run}: it names a city too, in a text that came only once.`] : [];
}

const caption = makeCaption(2, (runs) => [
  `Passed, of ${runs.length}: ${listed(checks.map(({ name, passed }) => `${name} ${passed(runs)}`))}.`,
  ...describeOdd(runs),
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
    expected: 4,
    happened: makeAnswer(2, (runs) => {
      const all = checks.filter(({ passed }) => passed(runs) === runs.length);
      const [only] = all;
      if (only && all.length === 1) return { answer: checks.indexOf(only), because: [] };
      const names = listed(all.map(({ name }) => `“${name}”`));
      return { answer: null, because: [only ? `All runs passed ${names}.` : 'No check was passed by all runs.'] };
    }),
  },
  run: {
    instruction: 'Run 20 seeds. Each text goes through five checks.',
    recipe: seedlingRecipe(prompt, { seed: 1, temperature: 0.4 }, 1, seeds(1, 20)),
    spotlight: { view: 'variants' },
    caption,
    picture: textLetters,
  },
  explain: [
    'A test that now passes and now fails, with nothing broken, is flaky. No one trusts it.',
    'A check of the exact text fails as soon as the model says it in other words. A check of the answer looks only at what must hold. But it sees no more than that: nonsense with “Paris” in it would pass.',
    'In your own tests pin model, seed and settings, and note the fingerprint. With Seedling a pinned seed makes even the exact check pass each time. So here each run has its own seed.',
  ],
  check: {
    question: 'A run says “Paris. The city lies on the river Seine.” Your test fails. What should you mend?',
    options: [
      { text: 'The test: it looks at the wording', reply: 'The answer is right. A check of the answer would pass.' },
      { text: 'The model: its answer is wrong', reply: 'Paris is right. Only the wording is new.' },
      { text: 'The seed: take one that passes', reply: 'Then you test one seed. With the next model it fails again.' },
    ],
    right: 0,
  },
  change: {
    instruction:
      'Raise the temperature to 0.9. A good check should now fail at times. Read the texts it fails, and those it passes.',
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
      'Run the change: some texts hold no city, and the answer check finds them. It passes a text that makes no sense, too.',
    ],
    expected:
      'Only the city is named by all 20. The exact text holds in 18. At 0.9 the city check fails for two texts without a city, and passes run 6, which is nonsense.',
    wrongIdeas: [
      'A stricter check is a better one. (It fails for the wrong reason.)',
      'A check that never fails is good. (It must fail when the answer is wrong.)',
      'A check that passes says that the text is good. (It says that one thing holds.)',
    ],
  },
};
