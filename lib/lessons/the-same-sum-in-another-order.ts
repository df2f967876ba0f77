import { sayRunOf, sayScoreDrift } from '@/lib/words/score-drift';
import { describeAgreement, describeDispatch, type FinishedRun, makeAnswer, makeCaption } from './captions';
import type { Lesson, NetworkOutcome } from './lesson';
import { scoreSteps } from './lesson-pictures';
import { saplingRecipe } from './recipes';

const driftUnknown = 'No two back ends can be compared in these runs.';

/** How the scores of two runs part, if both have finished. */
function driftOf(runs: readonly FinishedRun[], network: NetworkOutcome | undefined): NetworkOutcome['drift'] {
  const { drift } = network ?? { drift: null };
  const finished = (run: number | undefined) =>
    runs.some(({ record, moments }) => record.run === run && moments.length > 0);
  return drift && finished(drift.own.run) && finished(drift.other.run) ? drift : null;
}

const prompt = 'Tell me a story about a cat.';
const settings = { seed: 42, temperature: 0 };
const busy = saplingRecipe(prompt, { ...settings, model: 'sapling-1-batched' }, 6);

export const theSameSumInAnotherOrder: Lesson = {
  slug: 'the-same-sum-in-another-order',
  title: 'The same sum in another order',
  minutes: 5,
  learns: 'Tiny differences in a sum run through a text long before a word shows them.',
  predict: {
    kind: 'choice',
    question: 'One seed, temperature 0, but back ends that round in other ways. From where on do their scores differ?',
    options: ['From the first token on', 'From just before the texts part', 'Only where the texts part'],
    expected: 0,
    happened: (outcome) =>
      makeAnswer(2, (runs) => {
        const found = driftOf(runs, outcome.network);
        if (!found) return { answer: null, because: [driftUnknown] };
        const { own, other, drift } = found;
        const because = [sayScoreDrift(drift, sayRunOf(own), sayRunOf(other))];
        if (drift.since === 0) return { answer: 0, because };
        if (drift.since === null || !drift.fork) return { answer: null, because };
        return { answer: drift.since === drift.fork.at ? 2 : 1, because };
      })(outcome),
  },
  run: {
    instruction: 'Run it. In the lens, find the scores of both back ends.',
    recipe: saplingRecipe(prompt, { ...settings, model: 'sapling-1-fleet' }, 12),
    spotlight: { view: 'variants', lens: 'fork' },
    caption: (outcome) =>
      makeCaption(2, (runs) => {
        const found = driftOf(runs, outcome.network);
        const said = found ? sayScoreDrift(found.drift, sayRunOf(found.own), sayRunOf(found.other)) : driftUnknown;
        return [describeAgreement(runs), said];
      })(outcome),
    picture: scoreSteps,
  },
  explain: [
    'A score is a long sum of products. A chip keeps only so many digits of each step. Round in another way, or add in another order, and the last digits change.',
    'You do not see that for most of a text: one token leads by far. Where two scores are nearly the same, the last digits choose. From there on the texts go their own ways.',
    'No dice are thrown here. It is the same sum, done in another way.',
  ],
  onHardware: true,
  check: {
    question: 'Two runs gave the same text. Were their scores the same?',
    options: [
      {
        text: 'Yes, else the texts would differ',
        reply: 'A small gap in scores changes no word where one leads by far.',
      },
      { text: 'Not for sure: the text hides small gaps', reply: 'The lens shows gaps from the first token on.' },
      { text: 'No, scores never repeat', reply: 'With the same sums in the same order they do, to the last bit.' },
    ],
    right: 1,
  },
  change: {
    instruction:
      'Now one back end. It splits each sum into parts: the fewer runs are under way, the more parts. Run it, then set “Send” to “one after the other” and run again.',
    recipe: busy,
    alsoAsked: [{ ...busy, dispatch: 'sequential' }],
    spotlight: { view: 'variants' },
    caption: makeCaption(2, (runs) => [describeDispatch(runs), describeAgreement(runs)]),
  },
  notes: {
    aim: 'Floating-point sums depend on order and format; a text shows that late.',
    script: [
      'Add 0.1 + 0.2 + 0.3 from both ends on a computer: the last digits differ.',
      'Predict and run. Open the lens at the fork and read the scores of both back ends.',
      'Step back to the first token: the words agree, the scores do not.',
      'Follow the link to what was measured on a real GPU.',
    ],
    expected:
      'Two texts: they part at “white” and “red”. In bfloat16 (bf16), with 8 bits for the digits, both scores are 14; the others still tell them apart. The busy back end gives several texts at once, and one if sent one after the other.',
    wrongIdeas: [
      'The computer makes mistakes. (Each step is rounded by the rules.)',
      'The texts part where the arithmetic begins to differ. (It differed all along.)',
    ],
  },
};
