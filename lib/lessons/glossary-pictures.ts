import { type Arithmetic, bfloat16, exact, float16, float32 } from '../seedling/arithmetic';
import { drawsOf } from '../seedling/draws';
import { exp, log } from '../seedling/portable-math';
import { inSequence } from '../words/english';
import type { TermName } from './glossary';

/** Numbers from 0 to 1 as dots on a line. */
export type DotRow = { label: string; points: number[] };
/**
 * A bar from 0 to `value`. `before` is what it was (drawn as an outline), null if nothing has changed it; `cut` marks one
 * that was dropped.
 */
export type Bar = { label: string; value: number; text: string; before: number | null; cut: boolean };
export type BarGroup = { heading: string | null; bars: Bar[] };
/** The terms of a sum in the groups in which they are added, and the result to the last digit. */
export type Sum = { label: string; groups: string[][]; result: string };
export type WordRow = { label: string; words: string[] };

/**
 * What a picture of the glossary shows. `description` is its text alternative, `caption` says what it starts from; both
 * are made from the numbers that are drawn.
 */
export type GlossaryPicture = { description: string; caption: string } & (
  | { kind: 'dots'; rows: DotRow[] }
  | { kind: 'bars'; groups: BarGroup[] }
  | { kind: 'sums'; sums: Sum[] }
  | { kind: 'words'; rows: WordRow[] }
);

/** The scores that a model might give to the word after "Tomorrow we expect", the highest first. */
export const exampleScores: readonly { word: string; logit: number }[] = [
  { word: 'rain', logit: 2 },
  { word: 'sun', logit: 1 },
  { word: 'snow', logit: 0 },
  { word: 'fog', logit: -1 },
];

/** How a head might score the words of "The fox was hungry, so it". */
const exampleLook: readonly { word: string; score: number }[] = [
  { word: 'The', score: 0 },
  { word: 'fox', score: 3 },
  { word: 'was', score: 0 },
  { word: 'hungry', score: 2 },
  { word: 'so', score: 0 },
];

/** What each of three layers might add to the scores, so that they come to `exampleScores`. */
const exampleLayers: readonly (readonly number[])[] = [
  [0, 1, 0, 0],
  [0.5, 0.5, 0, 0],
  [1.5, -0.5, 0, -1],
];

/** Works out the picture of a term: `glossaryPicture('seed')` holds ten draws of seed 42, the same again, and of seed 43. */
export const glossaryPicture = (name: TermName): GlossaryPicture => pictures[name]();

const pictures: Record<TermName, () => GlossaryPicture> = {
  seed: () => {
    const rows = [
      { label: 'Seed 42', points: firstDraws(42, 10) },
      { label: 'Seed 42 again', points: firstDraws(42, 10) },
      { label: 'Seed 43', points: firstDraws(43, 10) },
    ];
    const [once = [], again = [], other = []] = rows.map(({ points }) => points.map((point) => point.toFixed(2)));
    return {
      kind: 'dots',
      caption: 'The first ten numbers of each seed',
      description:
        `Three lines from 0 to 1 with ten dots each. Seed 42: ${inSequence(once)}. Seed 42 again: ` +
        `${sameOrAnother(once, again)} ten. Seed 43: ${sameOrAnother(once, other)} ten: ${inSequence(other)}.`,
      rows,
    };
  },

  prng: () => {
    const draws = firstDraws(42, 1000);
    const fifths = [0, 1, 2, 3, 4].map((at) => draws.filter((draw) => Math.floor(draw * 5) === at).length);
    const bars = fifths.map((count, at) => plainBar(`${at / 5} to ${(at + 1) / 5}`, count, String(count)));
    return {
      kind: 'bars',
      caption: 'Where the first 1000 numbers of seed 42 fall',
      description: `Five bars of nearly the same length. Of 1000 numbers of seed 42, ${inSequence(bars.map(({ label, text }) => `${text} are from ${label}`))}.`,
      groups: [{ heading: null, bars }],
    };
  },

  attention: () => {
    const shares = softmax(exampleLook.map(({ score }) => score));
    const bars = exampleLook.map(({ word }, at) => plainBar(word, shares[at] ?? 0, chanceText(shares[at] ?? 0)));
    return {
      kind: 'bars',
      caption: 'How a head might look back from “it” in “The fox was hungry, so it”',
      description: `Five bars. From “it” in “The fox was hungry, so it”, a head might look back like this: ${barsText(bars)}.`,
      groups: [{ heading: null, bars }],
    };
  },

  layer: () => {
    const groups = exampleLayers.map((_, layer) => {
      const added = exampleLayers.slice(0, layer + 1);
      const scores = exampleScores.map((_, at) => total(added.map((step) => step[at] ?? 0)));
      const bars = softmax(scores).map((chance, at) => plainBar(wordAt(at), chance, chanceText(chance)));
      return { heading: `After layer ${layer + 1}`, bars };
    });
    return {
      kind: 'bars',
      caption: 'How a guess might grow in three layers',
      description: `The chances of four words, after each of three layers. ${groups.map(({ heading, bars }) => `${heading}: ${barsText(bars)}.`).join(' ')}`,
      groups,
    };
  },

  logit: () => {
    const bars = exampleScores.map(({ word, logit }) => plainBar(word, logit, numberText(logit)));
    return {
      kind: 'bars',
      caption: 'Scores after “Tomorrow we expect”',
      description: `Four bars from a line at zero. Scores: ${barsText(bars)}.`,
      groups: [{ heading: null, bars }],
    };
  },

  softmax: () => {
    const bars = chances(1).map((chance, at) => plainBar(wordAt(at), chance, chanceText(chance)));
    return {
      kind: 'bars',
      caption: scoresText(),
      description: `Four bars. The ${lowerFirst(scoresText())} become chances: ${barsText(bars)}.`,
      groups: [{ heading: null, bars }],
    };
  },

  temperature: () => {
    const groups = [0.5, 1, 2].map((temperature) => ({
      heading: `Temperature ${temperature}`,
      bars: chances(temperature).map((chance, at) => plainBar(wordAt(at), chance, chanceText(chance))),
    }));
    return {
      kind: 'bars',
      caption: scoresText(),
      description: `The same four scores as chances, three times. ${groups.map(({ heading, bars }) => `${heading}: ${barsText(bars)}.`).join(' ')}`,
      groups,
    };
  },

  'top-p': () => {
    const p = 0.8;
    const before = chances(1);
    const kept = before.filter((_, at) => total(before.slice(0, at)) < p);
    const bars = before.map((chance, at): Bar => {
      const cut = at >= kept.length;
      const after = cut ? 0 : chance / total(kept);
      const text = cut ? `${chanceText(chance)}, cut` : `${chanceText(chance)} → ${chanceText(after)}`;
      return { label: wordAt(at), value: after, text, before: chance, cut };
    });
    return {
      kind: 'bars',
      caption: `Top-p ${p}. Outline: before. Solid: after.`,
      description: `Four bars before and after top-p ${p}: ${barsText(bars)}.`,
      groups: [{ heading: null, bars }],
    };
  },

  penalty: () => {
    const penalty = 0.75;
    const uses = 2;
    const before = chances(1);
    const after = softmax(exampleScores.map(({ logit }, at) => (at === 0 ? logit - uses * penalty : logit)));
    const bars = after.map(
      (chance, at): Bar => ({
        label: wordAt(at),
        value: chance,
        text: `${chanceText(before[at] ?? 0)} → ${chanceText(chance)}`,
        before: before[at] ?? 0,
        cut: false,
      }),
    );
    return {
      kind: 'bars',
      caption: `Frequency penalty ${penalty}, ${wordAt(0)} used twice. Outline: before. Solid: after.`,
      description: `Four bars before and after a frequency penalty of ${penalty}, where ${wordAt(0)} has been used twice: ${barsText(bars)}.`,
      groups: [{ heading: null, bars }],
    };
  },

  logprob: () => {
    const bars = chances(1).map((chance, at) =>
      plainBar(`${wordAt(at)}, ${chanceText(chance)}`, log(chance), numberText(Number(log(chance).toFixed(2)))),
    );
    return {
      kind: 'bars',
      caption: 'Chances and their natural logarithms',
      description: `Four bars below zero, longer the less likely the word is: ${bars.map(({ label, text }) => `${label}: ${text}`).join('; ')}.`,
      groups: [{ heading: null, bars }],
    };
  },

  fingerprint: () => {
    const backends: [string, Arithmetic][] = [
      ['fp_…_f32', float32],
      ['fp_…_bf16', bfloat16],
      ['fp_…_f16', float16],
    ];
    const sums = backends.map(([label, { round }]) => addUp(label, [[0.1, 0.2]], round));
    return {
      kind: 'sums',
      caption: 'Three back ends of seedling-1-fleet add 0.1 and 0.2',
      description: `Three back ends, each with its own fingerprint, add the same two numbers. ${resultsText(sums)}`,
      sums,
    };
  },

  determinism: () => {
    const rows = ['Seed 42', 'Seed 42 again'].map((label) => ({ label, words: firstDraws(42, 5).map(wordUnder) }));
    const [once = [], again = []] = rows.map(({ words }) => words);
    return {
      kind: 'words',
      caption: 'Five words drawn from the same chances',
      description: `Two rows of five words drawn with seed 42. First: ${inSequence(once)}. Again: ${sameOrAnother(once, again)} five.`,
      rows,
    };
  },

  'batch-invariance': () => {
    const sums = [
      addUp('Alone: one part', [[1, 0.003, 0.003, 0.003]], bfloat16.round),
      addUp(
        'In a batch: two parts',
        [
          [1, 0.003],
          [0.003, 0.003],
        ],
        bfloat16.round,
      ),
    ];
    return {
      kind: 'sums',
      caption: 'Four numbers, rounded to bfloat16 at each step',
      description: `The same four numbers added in two ways, rounded to bfloat16 at each step. ${resultsText(sums)}`,
      sums,
    };
  },

  'floating-point': () => {
    const sums = [
      addUp('First two first', [[0.1, 0.2], [0.3]], exact.round),
      addUp('Last two first', [[0.1], [0.2, 0.3]], exact.round),
    ];
    return {
      kind: 'sums',
      caption: 'The same numbers, worked out by this page',
      description: `The same three numbers added in two orders. ${resultsText(sums)}`,
      sums,
    };
  },
};

function firstDraws(seed: number, count: number): number[] {
  const draws = drawsOf(seed);
  return Array.from({ length: count }, () => draws.next().value);
}

const total = (numbers: readonly number[]): number => numbers.reduce((sum, each) => sum + each, 0);

/** The chances that scores stand for: e^score, divided by the sum of all. `softmax([1, 0])` is about [0.731, 0.269]. */
export function softmax(logits: readonly number[]): number[] {
  const weights = logits.map(exp);
  return weights.map((weight) => weight / total(weights));
}

const chances = (temperature: number): number[] => softmax(exampleScores.map(({ logit }) => logit / temperature));

const wordAt = (at: number): string => exampleScores[at]?.word ?? '';

/** The word under a draw: the one whose part of the unit line it falls into. */
function wordUnder(draw: number): string {
  const line = chances(1);
  return wordAt(line.findIndex((_, at) => draw < total(line.slice(0, at + 1))));
}

/** Adds each group from first to last, then the groups, and rounds every number on the way. */
function addUp(label: string, groups: number[][], round: (x: number) => number): Sum {
  const add = (terms: number[]) => terms.map(round).reduce((sum, each) => round(sum + each));
  return { label, groups: groups.map((group) => group.map(String)), result: String(add(groups.map(add))) };
}

const plainBar = (label: string, value: number, text: string): Bar => ({
  label,
  value,
  text,
  before: null,
  cut: false,
});

/** "(0.1 + 0.2) + 0.3" */
export const sumText = (groups: readonly string[][]): string =>
  groups
    .map((group) => (groups.length > 1 && group.length > 1 ? `(${group.join(' + ')})` : group.join(' + ')))
    .join(' + ');

const resultsText = (sums: readonly Sum[]): string =>
  sums.map(({ label, groups, result }) => `${label}: ${sumText(groups)} = ${result}.`).join(' ');

const barsText = (bars: readonly Bar[]): string => bars.map(({ label, text }) => `${label} ${text}`).join('; ');
const scoresText = (): string =>
  `Scores: ${inSequence(exampleScores.map(({ word, logit }) => `${word} ${numberText(logit)}`))}`;
const chanceText = (share: number): string => `${(100 * share).toFixed(share < 0.01 ? 1 : 0)} %`;
const numberText = (value: number): string => String(value).replace('-', '−');
const sameOrAnother = (a: readonly string[], b: readonly string[]): string =>
  a.join() === b.join() ? 'the same' : 'another';
const lowerFirst = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1);
