import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cases } from '@/lib/cases.fixture';
import { anyText, kin, plainWords } from '@/lib/compare/__fixtures__/texts';
import { countWords, splitWords } from '@/lib/compare/align/words';
import type { TokenInfo } from '@/lib/run/events';
import { branchesAtOnce, glance, prefixTree, type TreeNode } from './tree';

const numbered = (texts: readonly string[]) => texts.map((text, index) => ({ run: index + 1, text }));
const tree = (...texts: string[]) => prefixTree(numbered(texts));
const leaf = { probability: null, children: [] };

const lists = fc.oneof(
  fc.array(anyText, { minLength: 1, maxLength: 6 }),
  fc.array(plainWords, { minLength: 1, maxLength: 10 }),
  kin(anyText, { minLength: 1, maxLength: 6 }),
);

const every = (node: TreeNode): TreeNode[] => [node, ...node.children.flatMap(every)];

/** The nodes that a run goes through, from the root. */
function path(node: TreeNode, run: number): TreeNode[] {
  const next = node.children.find(({ runs }) => runs.includes(run));
  return next ? [node, ...path(next, run)] : [node];
}

describe('the prefix tree of texts', () => {
  it('holds all words up to the next fork in one node', () => {
    expect(tree('the cat sat', 'the cat sat', 'the cat ran', 'the cat')).toEqual({
      text: 'the cat',
      word: 1,
      words: 2,
      runs: [1, 2, 3, 4],
      probability: null,
      end: { letter: 'C', runs: [4] },
      children: [
        { text: ' sat', word: 3, words: 1, runs: [1, 2], end: { letter: 'A', runs: [1, 2] }, ...leaf },
        { text: ' ran', word: 3, words: 1, runs: [3], end: { letter: 'B', runs: [3] }, ...leaf },
      ],
    });
  });

  it('is one node if all texts are equal', () => {
    expect(tree('x y', 'x y')).toEqual({
      text: 'x y',
      word: 1,
      words: 2,
      runs: [1, 2],
      end: { letter: 'A', runs: [1, 2] },
      ...leaf,
    });
  });

  it('has an empty root if they part at once', () => {
    const root = tree('x', 'y', '');
    expect(root).toMatchObject({ text: '', word: 1, words: 0, end: { letter: 'C', runs: [3] } });
    expect(root?.children.map(({ text }) => text)).toEqual(['x', 'y']);
  });

  it('is none without texts', () => {
    expect(tree()).toBeNull();
  });

  it('has the branch of most runs first', () => {
    expect(tree('a b', 'a c', 'a d 1', 'a d 2')?.children.map(({ text }) => text)).toEqual([' d', ' b', ' c']);
  });

  it('can hold a thousand texts, each the beginning of the next', () => {
    const texts = Array.from({ length: 1000 }, (_, index) => 'go '.repeat(index + 1).trim());
    const root = tree(...texts);
    expect(root && path(root, 1000)).toHaveLength(1000);
  });

  it('joins to the text of each run along its path', () => {
    fc.assert(
      fc.property(lists, (texts) => {
        const root = tree(...texts);
        const joined = texts.map((_, index) => (root ? path(root, index + 1) : []).map(({ text }) => text).join(''));
        expect(joined).toEqual(texts);
      }),
      { seed: 1, numRuns: cases(2000) },
    );
  });

  it('has every run of a node in one branch, unless it ends there', () => {
    fc.assert(
      fc.property(lists, (texts) => {
        const root = tree(...texts);
        expect(root?.runs).toEqual(texts.map((_, index) => index + 1));
        for (const { runs, end, children } of root ? every(root) : []) {
          const all = [...(end?.runs ?? []), ...children.flatMap((child) => child.runs)];
          expect(all.toSorted((a, b) => a - b)).toEqual(runs);
          expect(children.length === 1 && end === null).toBe(false);
        }
      }),
      { seed: 2, numRuns: cases(1000) },
    );
  });

  it('never begins two branches with the same word, and numbers words as the text has them', () => {
    fc.assert(
      fc.property(fc.array(plainWords, { minLength: 1, maxLength: 10 }), (texts) => {
        const root = tree(...texts);
        for (const { word, words, children } of root ? every(root) : []) {
          const firsts = children.map(({ text }) => splitWords(text)[0]?.text);
          expect(new Set(firsts).size).toBe(firsts.length);
          expect(children.every((child) => child.word === word + words)).toBe(true);
        }
        const ends = (root ? every(root) : []).filter(({ end }) => end !== null);
        for (const { end, word, words } of ends)
          for (const run of end?.runs ?? [])
            expect(countWords(splitWords(texts[run - 1] ?? ''))).toBe(word + words - 1);
      }),
      { seed: 3, numRuns: cases(500) },
    );
  });
});

describe('the probability of a branch', () => {
  const sampled = (run: number, ...tokens: [text: string, probability: number][]) => ({
    run,
    text: tokens.map(([text]) => text).join(''),
    tokens: tokens.map(
      ([token, probability]): TokenInfo => ({ token, logprob: Math.log(probability), bytes: null, top_logprobs: [] }),
    ),
  });
  const branches = (...texts: Parameters<typeof prefixTree>[0]) =>
    (prefixTree(texts)?.children ?? []).map(({ text, probability }) => [text, probability]);
  const exactly = (value: number) => ({ low: expect.closeTo(value), high: expect.closeTo(value) });

  it('is that of its first token at the fork', () => {
    const [sat, ran] = [sampled(1, ['the cat', 1], [' sat', 0.4]), sampled(2, ['the cat', 1], [' ran', 0.3])];
    expect(branches(sat, ran)).toEqual([
      [' sat', exactly(0.4)],
      [' ran', exactly(0.3)],
    ]);
    expect(prefixTree([sat, ran])?.probability).toBeNull();
  });

  it('takes as many tokens as tell it from the others, and no more', () => {
    const texts = [
      sampled(1, ['x', 1], [' s', 0.5], ['at', 0.5], ['!', 0.1]),
      sampled(2, ['x', 1], [' s', 0.5], ['ings', 0.2]),
      sampled(3, ['x', 1], [' r', 0.5], ['an', 0.1]),
    ];
    expect(branches(...texts)).toEqual([
      [' sat!', exactly(0.25)],
      [' sings', exactly(0.1)],
      [' ran', exactly(0.5)],
    ]);
  });

  it('is a range where its runs tell different figures, and unknown without tokens', () => {
    expect(
      branches(sampled(1, ['x', 1], [' y', 0.4]), sampled(2, ['x', 1], [' y', 0.3]), { run: 3, text: 'x z' }),
    ).toEqual([
      [' y', { low: expect.closeTo(0.3), high: expect.closeTo(0.4) }],
      [' z', null],
    ]);
  });

  it('adds up to 1 at most over the branches of a fork, for a model of one word a token', () => {
    fc.assert(
      fc.property(
        fc.array(fc.array(fc.constantFrom('a ', 'b ', 'c '), { maxLength: 5 }), { minLength: 1 }),
        (texts) => {
          const root = prefixTree(
            texts.map((words, index) => sampled(index + 1, ...words.map((word): [string, number] => [word, 1 / 3]))),
          );
          for (const { children } of root ? every(root) : []) {
            const sum = children.reduce((total, { probability }) => total + (probability?.high ?? 2), 0);
            expect(sum).toBeLessThanOrEqual(1 + 1e-9);
          }
        },
      ),
      { seed: 4, numRuns: cases(300) },
    );
  });
});

describe('a glance at a tree', () => {
  const grown = (texts: string[]): TreeNode => {
    const root = tree(...texts);
    if (!root) throw new Error('No tree grew.');
    return root;
  };

  it('follows the branches with the most runs', () => {
    const root = grown(['a b c', 'a b c', 'a b d', 'a b d', 'a e', 'f', 'f', 'f', 'g']);
    expect([...glance(root, 4)].map(({ text, runs }) => [text, runs.length])).toEqual([
      ['', 9],
      ['a', 5],
      [' b', 4],
      ['f', 3],
    ]);
  });

  it('is connected to the root, within the limit, and has the first branches of each fork, not too many', () => {
    fc.assert(
      fc.property(lists, fc.integer({ min: 1, max: 20 }), fc.integer({ min: 0, max: 6 }), (texts, most, forks) => {
        const root = grown(texts);
        const seen = glance(root, most, forks);
        const deepest = (node: TreeNode): number =>
          Math.max(0, ...node.children.filter((child) => seen.has(child)).map((child) => 1 + deepest(child)));
        expect(deepest(root)).toBeLessThanOrEqual(forks);
        expect(seen.has(root)).toBe(true);
        expect(seen.size).toBeLessThanOrEqual(most);
        const nodes = every(root);
        expect(nodes.filter((node) => seen.has(node))).toHaveLength(seen.size);
        for (const node of nodes) {
          const taken = node.children.map((child) => seen.has(child));
          const count = taken.filter(Boolean).length;
          expect(taken.slice(0, count)).not.toContain(false);
          expect(count).toBeLessThanOrEqual(seen.has(node) ? branchesAtOnce : 0);
        }
      }),
      { seed: 5, numRuns: cases(500) },
    );
  });

  it('shows all of a small tree', () => {
    const root = grown(['a b', 'a c', 'd']);
    expect(glance(root, 60).size).toBe(every(root).length);
  });
});
