import { describe, expect, it } from 'vitest';
import type { TreeNode } from '@/lib/compare/measure/tree';
import { sayBranch, sayEnd } from './tree';

const leaf: TreeNode = {
  text: ' sat down',
  word: 4,
  words: 2,
  runs: [1, 2, 5],
  probability: null,
  end: { letter: 'A', runs: [1, 2, 5] },
  children: [],
};

describe('the words of a tree', () => {
  it('say how many runs a branch has, how likely it was, and which words', () => {
    expect(sayBranch(leaf, 5)).toBe('3 of 5 runs · words 4–5');
    expect(sayBranch({ ...leaf, probability: { low: 0.4, high: 0.41 }, children: [leaf] }, 5)).toBe(
      '3 of 5 runs · probability 40–41 % · words 4–5, then they part',
    );
  });

  it('say how many runs end where others go on', () => {
    expect([sayEnd(1, 5), sayEnd(2, 5)]).toEqual(['1 of 5 runs ends here', '2 of 5 runs end here']);
  });
});
