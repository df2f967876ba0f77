import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cases } from '@/lib/cases.fixture';
import { decode, encode, firstPieceId, makeVocabulary, tokenBytes } from './vocabulary';

const vocabulary = makeVocabulary(['A seed grows.', 'The seed, "it" grows.\n']);

describe('a vocabulary', () => {
  it('gives back any text, by bytes where it does not know the words', () => {
    const text = fc.oneof(fc.string({ unit: 'grapheme' }), fc.constantFrom('A seed', '日本 👩‍👩‍👧', 'The seedé\u0000'));
    fc.assert(
      fc.property(text, (any) => {
        expect(decode(vocabulary, encode(vocabulary, any))).toBe(any);
      }),
      { seed: 21, numRuns: cases(500) },
    );
  });

  it('uses one token for each piece that it knows', () => {
    expect(encode(vocabulary, 'The seed grows.').every((id) => id >= firstPieceId)).toBe(true);
    expect(encode(vocabulary, 'The seed grows.')).toHaveLength(4);
  });

  it('spells an unknown word in UTF-8', () => {
    expect(encode(vocabulary, 'é').map((id) => tokenBytes(vocabulary, id))).toEqual([[0xc3], [0xa9]]);
  });
});
