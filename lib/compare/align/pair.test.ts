import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cases } from '@/lib/cases.fixture';
import { anyText } from '@/lib/compare/__fixtures__/texts';
import { comparePair, longestPair } from './pair';

describe('a pair of texts', () => {
  it('is marked on both sides', () => {
    expect(comparePair('a red boat', 'a boat')).toEqual({
      kind: 'marked',
      sides: [
        [
          { kind: 'same', text: 'a' },
          { kind: 'added', text: ' red' },
          { kind: 'same', text: ' boat' },
        ],
        [
          { kind: 'same', text: 'a' },
          { kind: 'missing', text: '', was: ' red' },
          { kind: 'same', text: ' boat' },
        ],
      ],
    });
  });

  it('is not aligned when it is too long', () => {
    expect(comparePair('a'.repeat(longestPair), 'b')).toEqual({ kind: 'too-long', characters: longestPair + 1 });
    expect(comparePair('a'.repeat(longestPair - 1), 'b').kind).toBe('marked');
  });

  it('gives both texts back', () => {
    fc.assert(
      fc.property(anyText, anyText, (a, b) => {
        const pair = comparePair(a, b);
        const sides = pair.kind === 'marked' ? pair.sides : [];
        expect(sides.map((parts) => parts.map(({ text }) => text).join(''))).toEqual([a, b]);
      }),
      { seed: 1, numRuns: cases(500) },
    );
  });
});
