import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cases } from '@/lib/cases.fixture';
import { makeVisible } from './invisible';

const drawn = (text: string): string =>
  makeVisible(text)
    .map((part) => (part.kind === 'invisible' ? part.sign : part.text))
    .join('');

describe('makeVisible', () => {
  it.each([
    ['a\u00a0b', 'a⍽b'],
    ['a\tb', 'a⇥b'],
    ['a\u200bb', 'aZWSPb'],
    ['\u202eabc', 'RLOabc'],
    ['x\u0007', 'xU+0007'],
    ['\ud83d', 'U+D83D'],
    ['\u{e0041}', 'U+E0041'],
  ])('draws %j', (text, expected) => {
    expect(drawn(text)).toBe(expected);
  });

  it.each(['plain text, with spaces\nand lines', '👩‍👩‍👧 café नमस्ते 日本語', ''])('leaves %j alone', (text) => {
    expect(drawn(text)).toBe(text);
  });

  it('numbers each character', () => {
    expect(makeVisible('\u200f')).toEqual([{ kind: 'invisible', text: '\u200f', sign: 'RLM', code: '200F' }]);
  });

  it('joins to the text again, and leaves nothing unseen', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const parts = makeVisible(text);
        expect(parts.map((part) => part.text).join('')).toBe(text);
        for (const part of parts)
          if (part.kind === 'plain') expect(part.text).not.toMatch(/[\u202a-\u202e\u200b\u00a0\ufeff]/);
      }),
      { seed: 6, numRuns: cases(2000) },
    );
  });
});
