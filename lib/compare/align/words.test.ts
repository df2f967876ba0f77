import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cases } from '@/lib/cases.fixture';
import { anyText } from '@/lib/compare/__fixtures__/texts';
import { countWords, isSeam, joinPieces, type Piece, seamAfter, seamBefore, splitStart, splitWords } from './words';

const texts = (text: string) => splitWords(text).map((piece) => piece.text);
const words = (text: string) => countWords(splitWords(text));

describe('splitting a text into pieces', () => {
  it('keeps white space with what follows it', () => {
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
    ['file.txt a:b ü:ö', ['file', '.', 'txt', ' a', ':', 'b', ' ü', ':', 'ö']],
    ['a.b.3.14', ['a', '.', 'b', '.', '3.14']],
    ['你好 世界', ['你好', ' 世界']],
    ['שלום עולם', ['שלום', ' עולם']],
    ['a 👩‍👩‍👧 b', ['a', ' 👩‍👩‍👧', ' b']],
    ['e\u0301 x', ['e\u0301', ' x']],
  ])('cuts %j', (text, pieces) => {
    expect(texts(text)).toEqual(pieces);
  });

  it('splits Thai, which has no spaces, into its words', () => {
    expect(texts('สวัสดีชาวโลก')).toEqual(['สวัสดี', 'ชาว', 'โลก']);
  });

  it('loses nothing of any string', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        expect(joinPieces(splitWords(text))).toBe(text);
      }),
      { seed: 1, numRuns: cases(3000) },
    );
  });

  it('gives no empty piece, and only the last may be white space alone', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const pieces = texts(text);
        expect(pieces).not.toContain('');
        expect(pieces.slice(0, -1).filter((piece) => piece.trim() === '')).toEqual([]);
      }),
      { seed: 1, numRuns: cases(1000) },
    );
  });

  it.each(['\ud83d', 'a\ude00b', '\ud83d \ude00', '\ude00\ud83d', '\u0000', '\ufeff', '\u2028a'])(
    'keeps %j',
    (text) => {
      expect(joinPieces(splitWords(text))).toBe(text);
    },
  );
});

/** What the segmenter finds, but for the stops by which only some versions of it join letters. */
const segmentsOf = (text: string) =>
  [...new Intl.Segmenter('en', { granularity: 'word' }).segment(text)].flatMap(({ segment, isWordLike = false }) =>
    (isWordLike
      ? (segment.match(/(?:\p{Nd}[.．](?=\p{Nd})|[^.．:﹕：])+|[.．:﹕：][\p{M}\p{Cf}]*/gu) ?? [])
      : [segment]
    ).map((part) => ({ segment: part, word: isWordLike && !/^[.．:﹕：]/u.test(part) })),
  );

/** A text cut by the segmenter in one go. */
function cutWhole(text: string): Piece[] {
  const pieces: Piece[] = [];
  let space = '';
  for (const { segment, word } of segmentsOf(text)) {
    if (segment.trim() !== '') pieces.push({ text: space + segment, word });
    space = segment.trim() === '' ? space + segment : '';
  }
  return space === '' ? pieces : [...pieces, { text: space, word: false }];
}

/** What joins over white space and full stops, or looks beyond them, and scripts whose words are found by dictionary. */
// biome-ignore format: a table
const joining = [
  ' ', '\n', '\r', '\t', '\v', '\u0085', '\u2028', '\u202f', '\u00ad', '\u200d', '\ufeff', '\u0301', '\u0000',
  '。', '！', '？', '，', "'", '"', '.', ':', '_', '3', 'a', 'カ', '中', 'ส', 'ខ', 'ລ', 'မ', 'ש', '🇩', '\ud83d', '\ude00',
];
const manySeams: fc.Arbitrary<string> = fc
  .array(fc.oneof(anyText, fc.constantFrom(...joining)), { maxLength: 12 })
  .map((parts) => parts.join(''));

const seamsOf = (text: string): number[] =>
  Array.from({ length: text.length + 1 }, (_, at) => at).filter((at) => isSeam(text, at));

/** What English is made of, and what changes how it is split. */
// biome-ignore format: a table
const english = [
  'a', 'Bc', '1', '20', ' ', '\n', '.', ',', ';', ':', "'", '’', '"', '“', '”', '!', '?', '(', ')', '-', '—', '…',
  '_', '$', 'é', '\u0301', '\u200d', '中', 'ש',
];

it('English is split as the segmenter does it, and so is what is not quite English', () => {
  const text = fc.array(fc.constantFrom(...english), { maxLength: 8 }).map((parts) => parts.join(''));
  fc.assert(
    fc.property(text, (text) => {
      expect(splitWords(text)).toEqual(cutWhole(text));
    }),
    { seed: 4, numRuns: cases(20_000) },
  );
});

describe('seams', () => {
  it.each([
    ['a 3.14', [1]],
    ['a  b\n\nc', [1, 4]],
    ['a\r\nb', [1]],
    ['你好。世界', [2]],
    ['a\u00a0 b', []],
    ['a\u00a0b', []],
    [' a', []],
  ])('of %j are at %j', (text, seams) => {
    expect(seamsOf(text)).toEqual(seams);
  });

  it('are where a text may be split, in any script', () => {
    fc.assert(
      fc.property(manySeams, (text) => {
        const whole = cutWhole(text);
        for (const at of seamsOf(text))
          expect([...cutWhole(text.slice(0, at)), ...cutWhole(text.slice(at))]).toEqual(whole);
      }),
      { seed: 1, numRuns: cases(5000) },
    );
  });

  it('do not change how a text is split, nor how its beginnings are', () => {
    fc.assert(
      fc.property(manySeams, fc.nat(), (text, place) => {
        const start = text.slice(0, place % (text.length + 1));
        expect(splitWords(start)).toEqual(cutWhole(start));
        expect(splitWords(text)).toEqual(cutWhole(text));
      }),
      { seed: 2, numRuns: cases(5000) },
    );
  });

  it('let a text be split no further than asked', () => {
    const long = fc.tuple(manySeams, fc.constantFrom('', 'ab,'.repeat(40))).map(([text, more]) => more + text);
    fc.assert(
      fc.property(long, fc.nat(), (text, place) => {
        const enough = place % (text.length + 1);
        const whole = splitWords(text);
        const some = splitStart(text, enough);
        expect(some).toEqual(whole.slice(0, some.length));
        if (some.length < whole.length) expect(joinPieces(some).length).toBeGreaterThan(enough);
      }),
      { seed: 3, numRuns: cases(3000) },
    );
    expect(splitStart('a,'.repeat(1000), 9)).toHaveLength(10);
  });

  it('are found before and after a place, else the ends are', () => {
    const text = 'one two three';
    expect([0, 3, 4, 13].map((place) => seamBefore(text, place))).toEqual([0, 0, 3, 7]);
    expect([0, 3, 7, 13].map((place) => seamAfter(text, place))).toEqual([3, 7, 13, 13]);
  });

  it('splits correctly what it has split before and forgotten', () => {
    const text = Array.from({ length: 40_000 }, (_, at) => ` w${at},`).join('');
    expect(texts(text)).toHaveLength(80_000);
    expect(texts(' w7, w39999,')).toEqual([' w7', ',', ' w39999', ',']);
  });
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
      { seed: 1, numRuns: cases(200) },
    );
  });
});
