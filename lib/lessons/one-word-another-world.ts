import { findFork } from '@/lib/compare/align/fork';
import { isNearTie } from '@/lib/lens/facts';
import { momentAt, shareOf } from '@/lib/lens/moment';
import { counted, listed } from '@/lib/words/english';
import { tokenName } from '@/lib/words/lens';
import { sayWholePercent } from '@/lib/words/numbers';
import { type FinishedRun, makeCaption } from './captions';
import type { Lesson } from './lesson';
import { seedlingRecipe, seeds } from './recipes';

const forkOf = (runs: readonly FinishedRun[]) => findFork(runs.map(({ record }) => record));

/** What the runs took where they part, the likeliest first. */
function choicesAt(runs: readonly FinishedRun[], offset: number): { token: string; chance: number }[] {
  const chosen = runs.flatMap(({ moments }) => {
    const moment = moments[momentAt(moments, offset) ?? -1];
    const option = moment?.options.find(({ token }) => token === moment.token);
    return option ? [{ token: option.token, chance: shareOf(option) }] : [];
  });
  const byToken = new Map(chosen.map((each) => [each.token, each]));
  return [...byToken.values()].toSorted((a, b) => b.chance - a.chance);
}

function describeChoices(choices: readonly { token: string; chance: number }[]): string[] {
  const [first, second] = choices;
  if (!first || !second) return [];
  const shares = choices.map(({ token, chance }) => `${tokenName(token)} ${sayWholePercent(chance)}`);
  const near = isNearTie(first.chance, second.chance);
  return [`There they took ${listed(shares)}${near ? ': a near tie' : ''}.`];
}

const lastSentence = ({ record }: FinishedRun): string =>
  record.text
    .trim()
    .split(/(?<=[.!?])\s+/u)
    .at(-1) ?? '';

function describeEnds(runs: readonly FinishedRun[]): string {
  const ends = new Set(runs.map(lastSentence));
  return ends.size === 1 ? 'They end with the same sentence.' : `They end in ${counted(ends.size, 'way')}.`;
}

const caption = makeCaption(2, (runs) => {
  const fork = forkOf(runs);
  if (!fork) return ['These runs never part: they gave one text.'];
  const shared = `The runs share their first ${counted(fork.word - 1, 'word')}.`;
  return [shared, ...describeChoices(choicesAt(runs, fork.offset)), describeEnds(runs)];
});

export const oneWordAnotherWorld: Lesson = {
  slug: 'one-word-another-world',
  title: 'One word, another world',
  minutes: 5,
  learns: 'One small choice changes all the bars that come after it.',
  predict: {
    kind: 'choice',
    question: 'Seeds 9 and 10 start a dog story with the same 37 words. What comes after the first different word?',
    options: ['The same text again', 'Two stories with different ends', 'They never part'],
    happened: makeCaption(2, (runs) => {
      const fork = forkOf(runs);
      return fork ? [`They part at word ${fork.word}.`, describeEnds(runs)] : ['They do not part.'];
    }),
  },
  run: {
    instruction: 'Run both seeds. The tree shows where they part; the lens shows the bars there.',
    recipe: seedlingRecipe(
      'Tell me a story about a dog.',
      { seed: 9, temperature: 0.2, max_completion_tokens: 100 },
      1,
      seeds(9, 2),
    ),
    spotlight: { view: 'tree', lens: 'fork' },
    caption,
  },
  explain: [
    'The draws of two seeds differ from the start. But while one bar is wide, both needles hit it, and the texts stay alike.',
    'Then two bars are about as wide. This is a near tie, and the needles fall on two sides of it.',
    'From there on each run looks at its own words. So its bars are new, and the stories go their own ways.',
  ],
  check: {
    question: 'Why are the first words the same, though the draws differ?',
    options: ['The draws fell into the same parts', 'The seeds are close'],
    right: 0,
    why: 'Different numbers can fall into one wide part. That 9 and 10 are close does not matter.',
  },
  change: {
    instruction: 'Run seeds 48 and 49 for a robot story. They part too. Do they meet again?',
    recipe: seedlingRecipe(
      'Tell me a story about a robot.',
      { seed: 48, temperature: 0.2, max_completion_tokens: 100 },
      1,
      seeds(48, 2),
    ),
    spotlight: { view: 'tree', lens: 'fork' },
    caption,
  },
  notes: {
    aim: 'Runs part at near ties, and context carries the difference on.',
    script: [
      'Read the first sentences aloud. Ask for the next word.',
      'Predict and run. Find the fork in the tree.',
      'Open the lens there: two bars of about the same width.',
      'Run the change. The robots part, yet end with the same sentence.',
    ],
    expected:
      'A fork at word 38, 52 % against 48 %. The robots part at a near tie too, but their last sentence is the same.',
    wrongIdeas: [
      'After a fork texts can never agree again. (They can: a small model has few endings.)',
      'A large difference in the text needs a large cause. (One word was enough.)',
    ],
  },
};
