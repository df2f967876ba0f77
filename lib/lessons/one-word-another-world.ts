import { findFork } from '@/lib/compare/align/fork';
import { isNearTie } from '@/lib/lens/facts';
import { momentAt, shareOf } from '@/lib/lens/moment';
import { counted, listed } from '@/lib/words/english';
import { sayWholePercent } from '@/lib/words/numbers';
import { tokenName } from '@/lib/words/token';
import { type FinishedRun, makeAnswer, makeCaption } from './captions';
import type { Lesson } from './lesson';
import { textFork } from './lesson-pictures';
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

/** The narrowest of the bars that a run hit before a place in its text: how sure it was at its least sure. */
function narrowestBefore([run]: readonly FinishedRun[], offset: number): string[] {
  const shares = (run?.moments ?? []).flatMap(({ token, to, options }) => {
    const option = to <= offset ? options.find((each) => each.token === token) : undefined;
    return option ? [shareOf(option)] : [];
  });
  return shares.length > 0
    ? [`The narrowest bar that both hit in them had ${sayWholePercent(Math.min(...shares))}.`]
    : [];
}

const lastSentence = ({ record }: FinishedRun): string =>
  record.text
    .trim()
    .split(/(?<=[.!?])\s+/u)
    .at(-1) ?? '';

const countEnds = (runs: readonly FinishedRun[]): number => new Set(runs.map(lastSentence)).size;

function describeEnds(runs: readonly FinishedRun[]): string {
  const ends = countEnds(runs);
  return ends === 1 ? 'They end with the same sentence.' : `They end in ${counted(ends, 'way')}.`;
}

/** What a text goes on with after the first word that is not shared. */
const afterWord = ({ record }: FinishedRun, offset: number): string =>
  record.text.slice(offset).trimStart().replace(/^\S+/u, '');

const caption = makeCaption(2, (runs) => {
  const fork = forkOf(runs);
  if (!fork) return ['These runs never part: they gave one text.'];
  const shared = `The runs share their first ${counted(fork.word - 1, 'word')}.`;
  return [
    shared,
    ...narrowestBefore(runs, fork.offset),
    ...describeChoices(choicesAt(runs, fork.offset)),
    describeEnds(runs),
  ];
});

export const oneWordAnotherWorld: Lesson = {
  slug: 'one-word-another-world',
  title: 'One word, another world',
  minutes: 5,
  learns: 'One small choice changes all the bars that come after it.',
  predict: {
    kind: 'choice',
    question: 'Seeds 2 and 3 start a cat story with the same 52 words. What comes after the first different word?',
    options: ['The same text again', 'Other words, but the same end', 'Two stories with different ends'],
    expected: 2,
    happened: makeAnswer(2, (runs) => {
      const fork = forkOf(runs);
      if (!fork) return { answer: null, because: ['They do not part.'] };
      const because = [`They part at word ${fork.word}.`];
      if (new Set(runs.map((run) => afterWord(run, fork.offset))).size === 1) return { answer: 0, because };
      return { answer: countEnds(runs) === 1 ? 1 : 2, because };
    }),
  },
  run: {
    instruction: 'Run both seeds. The tree shows where they part; the lens shows the bars there.',
    recipe: seedlingRecipe(
      'Tell me a story about a cat.',
      { seed: 2, temperature: 0.2, max_completion_tokens: 160 },
      1,
      seeds(2, 2),
    ),
    spotlight: { view: 'tree', lens: 'fork' },
    caption,
    picture: textFork,
  },
  explain: [
    'The draws of two seeds differ from the start. But as long as one bar has nearly all of the line, both needles hit it, and the texts stay alike.',
    'Then comes a word whose bar is not so wide, and only one needle hits it. The other falls on a word beside it.',
    'From there on each run looks at its own words. So its bars are new, and the stories go their own ways.',
  ],
  check: {
    question: 'Why are the first words the same, though the draws differ?',
    options: [
      { text: 'The draws fell into the same parts', reply: 'Different numbers can fall into one wide part.' },
      {
        text: 'The seeds 2 and 3 are close',
        reply: 'Their draws have nothing in common. Seeds far apart do the same.',
      },
      { text: 'The seed matters only later on', reply: 'Each word takes a draw, from the first one on.' },
    ],
    right: 0,
  },
  change: {
    instruction:
      'Run seeds 48 and 49 for a robot story. They part too. Do they meet again? We looked for such a pair: most do not.',
    recipe: seedlingRecipe(
      'Tell me a story about a robot.',
      { seed: 48, temperature: 0.2, max_completion_tokens: 160 },
      1,
      seeds(48, 2),
    ),
    spotlight: { view: 'tree', lens: 'fork' },
    caption,
  },
  notes: {
    aim: 'Runs part where no bar has nearly all, and what was written carries the difference on.',
    script: [
      'Read the first sentences aloud. Ask for the next word.',
      'Predict and run. Find the fork in the tree.',
      'Open the lens there: one bar of 62 %, and two beside it. Before it all bars had over 90 %.',
      'Run the change. The robots part at a near tie, yet end with the same sentence.',
    ],
    expected:
      'A fork at word 53, where “dog” has 62 % and “baker” 16 %. Of the 99 pairs of neighbours from seed 1 to 100, 56 part right there. The robots part at a near tie, and their last sentence is the same: so it is for 13 of 99 pairs.',
    wrongIdeas: [
      'After a fork texts can never agree again. (They can: a small model knows few endings.)',
      'A large difference in the text needs a large cause. (One word was enough.)',
    ],
  },
};
