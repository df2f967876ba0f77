import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyText } from './__fixtures__/texts';
import { countWords, joinPieces, splitWords } from './words';

const texts = (text: string) => splitWords(text).map((piece) => piece.text);
const words = (text: string) => countWords(splitWords(text));

describe('splitting a text into pieces', () => {
  it('puts white space with what follows it', () => {
    expect(splitWords('Hi, you ')).toEqual([
      { text: 'Hi', word: true },
      { text: ',', word: false },
      { text: ' you', word: true },
      { text: ' ', word: false },
    ]);
  });

  it.each([
    ['', []],
    [' ', [' ']],
    ['\n\n  a', ['\n\n  a']],
    ['a \r\n\tb', ['a', ' \r\n\tb']],
    ["I can't.", ['I', " can't", '.']],
    ['3.14 or 1,000', ['3.14', ' or', ' 1,000']],
    ['你好 世界', ['你好', ' 世界']],
    ['שלום עולם', ['שלום', ' עולם']],
    ['a 👩‍👩‍👧 b', ['a', ' 👩‍👩‍👧', ' b']],
    ['e\u0301 x', ['e\u0301', ' x']],
  ])('cuts %j', (text, pieces) => {
    expect(texts(text)).toEqual(pieces);
  });

  it('cuts Thai, which has no spaces, into its words', () => {
    expect(texts('สวัสดีชาวโลก')).toEqual(['สวัสดี', 'ชาว', 'โลก']);
  });

  it('loses nothing of any string', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        expect(joinPieces(splitWords(text))).toBe(text);
      }),
      { seed: 1, numRuns: 3000 },
    );
  });

  it('gives no empty piece, and only the last may be white space alone', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const pieces = texts(text);
        expect(pieces).not.toContain('');
        expect(pieces.slice(0, -1).filter((piece) => piece.trim() === '')).toEqual([]);
      }),
      { seed: 1, numRuns: 1000 },
    );
  });

  it.each(['\ud83d', 'a\ude00b', '\ud83d \ude00', '\ude00\ud83d', '\u0000', '\ufeff', '\u2028a'])(
    'keeps %j',
    (text) => {
      expect(joinPieces(splitWords(text))).toBe(text);
    },
  );
});

describe('counting words', () => {
  it.each([
    ['', 0],
    [' \n', 0],
    ['... !? 😀', 0],
    ["It's 3.14, isn't it?", 4],
    ['well-known', 2],
    ['东京', 1],
  ])('%j has %i', (text, count) => {
    expect(words(text)).toBe(count);
  });

  it('does not depend on the spacing', () => {
    const list = fc.array(fc.constantFrom('the', 'cat', 'sat', '7'), { minLength: 1, maxLength: 9 });
    fc.assert(
      fc.property(list, fc.constantFrom(' ', '\n', '  \t'), (each, space) => {
        expect(words(each.join(space))).toBe(each.length);
      }),
      { seed: 1, numRuns: 200 },
    );
  });
});
