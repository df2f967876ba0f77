import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cases } from '@/lib/cases.fixture';
import { findInvisible } from './invisible';

const drawn = (text: string): string =>
  findInvisible(text)
    .map((part) => (part.kind === 'invisible' ? `<${part.code}>` : part.text))
    .join('');

describe('findInvisible', () => {
  it.each([
    ['a\u00a0b', 'a<00A0>b'],
    ['a\tb', 'a<0009>b'],
    ['a\u200bb', 'a<200B>b'],
    ['\u202eabc', '<202E>abc'],
    ['x\u0007', 'x<0007>'],
    ['\ud83d', '<D83D>'],
    ['\u{e0041}', '<E0041>'],
  ])('finds it in %j', (text, expected) => {
    expect(drawn(text)).toBe(expected);
  });

  it.each(['plain text, with spaces\nand lines', '👩‍👩‍👧 café नमस्ते 日本語', ''])('leaves %j alone', (text) => {
    expect(drawn(text)).toBe(text);
  });

  it('numbers each character', () => {
    expect(findInvisible('\u200f')).toEqual([{ kind: 'invisible', text: '\u200f', code: '200F' }]);
  });

  it('joins to the text again, and leaves nothing unseen', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const parts = findInvisible(text);
        expect(parts.map((part) => part.text).join('')).toBe(text);
        for (const part of parts)
          if (part.kind === 'plain') expect(part.text).not.toMatch(/[\u202a-\u202e\u200b\u00a0\ufeff]/);
      }),
      { seed: 6, numRuns: cases(2000) },
    );
  });
});
