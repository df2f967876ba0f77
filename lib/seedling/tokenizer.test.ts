import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cases } from '@/lib/cases.fixture';
import { tokenize } from './tokenizer';

describe('tokenize', () => {
  it('cuts a text into words with their space, marks and line breaks', () => {
    expect(tokenize('A seed, "it" grows.\n')).toEqual(['A', ' seed', ',', ' "', 'it', '"', ' grows', '.', '\n']);
  });

  it('keeps an apostrophe inside a word and cuts it off at the edges', () => {
    expect(tokenize("don't rock'n'roll 'so'")).toEqual(["don't", " rock'n'roll", " '", 'so', "'"]);
  });

  it('keeps numbers whole and letters apart from them', () => {
    expect(tokenize('seed 74, 3.14 b52')).toEqual(['seed', ' 74', ',', ' 3', '.', '14', ' b', '52']);
  });

  it('takes accents and combining marks as part of a word', () => {
    expect(tokenize('na\u00efve e\u0301t\u00e9 \u65e5\u672c')).toEqual([
      'na\u00efve',
      ' e\u0301t\u00e9',
      ' \u65e5\u672c',
    ]);
  });

  it('makes one token of each space beyond the one before a word', () => {
    expect(tokenize('a   b\n\n c')).toEqual(['a', ' ', ' ', ' b', '\n', '\n', ' c']);
  });

  it('never cuts an emoji in half', () => {
    expect(tokenize('hi 🌱🌱')).toEqual(['hi', ' 🌱', '🌱']);
  });

  it('gives no tokens for an empty text', () => {
    expect(tokenize('')).toEqual([]);
  });

  it('gives tokens that join to the text again, whatever the text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => {
        expect(tokenize(text).join('')).toBe(text);
      }),
      { seed: 1, numRuns: cases(1000) },
    );
  });

  it('gives tokens that join to the text again even if the text holds half a surrogate pair', () => {
    const codeUnits = fc.array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 60 });
    fc.assert(
      fc.property(codeUnits, (units) => {
        const text = String.fromCharCode(...units);
        expect(tokenize(text).join('')).toBe(text);
      }),
      { seed: 2, numRuns: cases(2000) },
    );
  });

  it('gives tokens that join to the text again for texts made of what its rules distinguish', () => {
    const piece = fc.constantFrom(
      ' ',
      '  ',
      '\n',
      '\t',
      "'",
      '"',
      'a',
      "it's",
      '7',
      '\u00a0',
      '\ufeff',
      '\u0301',
      '🌱',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
        expect(tokenize(pieces.join('')).join('')).toBe(pieces.join(''));
      }),
      { seed: 3, numRuns: cases(2000) },
    );
  });
});
