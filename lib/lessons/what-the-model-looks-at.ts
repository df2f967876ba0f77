import { headLook, type Inside, mostLookedAt } from '@/lib/lens/inside';
import { listed } from '@/lib/words/english';
import { roleOfMark } from '@/lib/words/inside';
import { sayWholePercent } from '@/lib/words/numbers';
import { tokenName } from '@/lib/words/token';
import { type FinishedRun, makeAnswer, makeCaption } from './captions';
import type { Lesson, NetworkOutcome, Outcome } from './lesson';
import { firstLook } from './lesson-pictures';
import { saplingRecipe } from './recipes';

const insideUnknown = 'What went on inside is not known.';

/** What went on inside at the first token of a run, if that run has finished. */
function insideOf(runs: readonly FinishedRun[], network: NetworkOutcome | undefined): Inside | null {
  const finished = runs.some(({ record, moments }) => record.run === network?.run && moments.length > 0);
  return (finished && network?.inside) || null;
}

/** The words that were looked at most, marks left out, with their shares. */
function wordsOf(inside: Inside): { word: string; weight: number }[] {
  const look = headLook(inside, { layer: null, head: null });
  return mostLookedAt(look, inside.tokens.length)
    .map(({ at, weight }) => ({ word: inside.tokens[at] ?? '', weight }))
    .filter(({ word }) => roleOfMark(word) === null);
}

const describeLook = (inside: Inside): string => {
  const said = wordsOf(inside)
    .slice(0, 2)
    .map(({ word, weight }) => `${tokenName(word)} ${sayWholePercent(weight)}`);
  return `Of the words it looked most at these: ${listed(said)}.`;
};

function describeGuesses({ guesses }: Inside): string {
  const best = guesses.map(({ likeliest }) => likeliest[0]?.token ?? '');
  const last = best.at(-1) ?? '';
  const turned = best.findLastIndex((token) => token !== last) + 1;
  if (turned === 0) return `From layer 1 on its best guess was ${tokenName(last)}.`;
  return `After layer ${turned} its best guess was still ${tokenName(best[turned - 1] ?? '')}, after layer ${guesses.length} it was ${tokenName(last)}.`;
}

const captionWith =
  (say: (inside: Inside) => string) =>
  (outcome: Outcome): string =>
    makeCaption(1, (runs) => {
      const inside = insideOf(runs, outcome.network);
      const [first] = runs.find(({ record }) => record.run === outcome.network?.run)?.moments ?? [];
      return inside && first ? [`The first token was ${tokenName(first.token)}.`, say(inside)] : [insideUnknown];
    })(outcome);

const options = ['Write', 'haiku', 'spring'];

export const whatTheModelLooksAt: Lesson = {
  slug: 'what-the-model-looks-at',
  title: 'What the model looks at',
  minutes: 5,
  learns: 'A model weighs each word of the prompt anew for each token that it writes.',
  predict: {
    kind: 'choice',
    question: 'You ask: “Write a haiku about spring.” The first token is due. Which word does the model look at most?',
    options,
    expected: 2,
    happened: (outcome) =>
      makeAnswer(1, (runs) => {
        const inside = insideOf(runs, outcome.network);
        const [most] = inside ? wordsOf(inside) : [];
        if (!most) return { answer: null, because: [insideUnknown] };
        const answer = options.indexOf(most.word.trim());
        const had = `had ${sayWholePercent(most.weight)} of the look.`;
        if (answer === -1) return { answer: null, because: [`${tokenName(most.word)} ${had}`] };
        return { answer, because: [`It ${had}`] };
      })(outcome),
  },
  run: {
    instruction: 'Run it. In the lens, find “What it looked at”. Press a square to see one head alone.',
    recipe: saplingRecipe('Write a haiku about spring.', { seed: 42, temperature: 0 }),
    spotlight: { view: 'columns', lens: { run: 1, token: 0 } },
    caption: captionWith(describeLook),
    picture: firstLook,
  },
  explain: [
    'Sapling is a small network of six layers. In each, eight heads look back at all tokens so far. A head shares out 100 %. It takes more from what it looks at more.',
    'Heads find out who does what, or what the text is about. One that finds nothing rests on the mark at the start.',
    'Each layer changes the guess, not always for the better. The lens shows what would come if the network ended there.',
  ],
  check: {
    question: 'A head gives a word 0 %. Does the model not know that word?',
    options: [
      { text: 'It does: other heads may look at it', reply: 'There are 48 heads, and each looks in its own way.' },
      { text: 'Right, the word is lost', reply: 'It is lost to this head only, and only for this token.' },
      { text: 'Right, until the next prompt', reply: 'Each new token is a new look at all words.' },
    ],
    right: 0,
  },
  change: {
    instruction: 'Now ask whether a whale is a fish. Find “How the guess grew”. What did the model hold true at first?',
    recipe: saplingRecipe('Is a whale a fish?', { seed: 42, temperature: 0 }),
    spotlight: { view: 'columns', lens: { run: 1, token: 0 } },
    caption: captionWith(describeGuesses),
  },
  notes: {
    aim: 'Attention is a set of weights that add up to 1; each layer changes the guess of the one before.',
    script: [
      'Cover all words of a sentence but one. Which words do you need to guess what comes next?',
      'Predict and run. Read the words with the darkest ground.',
      'Press single squares: some heads look at the word before, some at the topic, some rest.',
      'Run the change and read the table from the top down.',
    ],
    expected:
      'First “spring”, with about a fifth of the look. Then “Yes” after each of five layers, and “No” after the last.',
    wrongIdeas: [
      'What a head looks at is why the model says something. (It shows where a head takes from, not what it makes of it.)',
      'The first mark must be important, since so much rests on it. (Heads rest there that find nothing.)',
    ],
  },
};
