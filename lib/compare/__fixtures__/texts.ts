import fc from 'fast-check';

/** Any string that JavaScript can hold, halves of surrogate pairs and NUL among them. */
const anyUnits = fc
  .array(fc.oneof(fc.integer({ min: 0, max: 0xffff }), fc.constantFrom(0xd83d, 0xde00, 0x20, 0x61)), { maxLength: 12 })
  .map((units) => String.fromCharCode(...units));

/** Whole characters of many scripts; what is written right to left, joined, combined or without spaces among them. */
// biome-ignore format: a table
const vocabulary = [
  'the', 'The', 'cat', "can't", '3.14', '1,000', 'U.S.A.', 'naïve', 'nai\u0308ve', 'e\u0301', '\u0301',
  '你好', '世界', '東京都', 'に', 'สวัสดี', 'ชาวโลก', 'שלום', 'مرحبا', '한국어', 'नमस्ते',
  '😀', '👩‍👩‍👧', '🇩🇪', '👍🏽', '.', ',', '!', '—', '"', '…', '-', '_',
  ' ', ' ', ' ', '  ', '\n', '\r\n', '\t', '\u00a0', '\u3000', '\u200b', '\u0000',
];

/** Text in many scripts, without halves of surrogate pairs. */
export const wholeText: fc.Arbitrary<string> = fc
  .array(fc.constantFrom(...vocabulary), { maxLength: 14 })
  .map((pieces) => pieces.join(''));

export const anyText: fc.Arbitrary<string> = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({ unit: 'grapheme' }),
  anyUnits,
  wholeText,
);

/** Texts that begin alike, as those of seeded runs do. */
export const kin = (text: fc.Arbitrary<string>, count: { minLength: number; maxLength: number }) =>
  fc
    .tuple(text, fc.array(fc.oneof(fc.constant(''), text), count))
    .map(([start, ends]): string[] => ends.map((end) => start + end));

/** English whose words are never one word with what follows: no apostrophes, no figures. */
export const plainWords: fc.Arbitrary<string> = fc
  .array(fc.constantFrom('the ', 'old ', 'keeper ', 'sat', ', ', '. ', 'down ', 'and ', '\n', 'é ', '🙂 '), {
    maxLength: 8,
  })
  .map((words) => words.join(''));

/** Versions of one text of some thirty words, as answers to one prompt are, and now and then another text altogether. */
export function versions(maxLength: number): fc.Arbitrary<string[]> {
  const words = Array.from({ length: 30 }, (_, at) => ['the', 'old', 'boat', 'lay', 'in', `w${at}`, '.'][at % 7] ?? '');
  const change = fc.tuple(
    fc.nat({ max: 29 }),
    fc.nat({ max: 3 }),
    fc.constantFrom('', ' new', ' the', ' a new one', '\n'),
  );
  const version = fc.array(change, { maxLength: 4 }).map((changes) => {
    const changed = words.map((word) => ` ${word}`);
    for (const [at, taken, put] of changes) changed.splice(at, taken, put);
    return changed.join('');
  });
  const another = fc.array(fc.constantFrom(' quite', ' another', ' text', ' the', ','), { maxLength: 25 });
  return fc.array(
    fc.oneof({ weight: 5, arbitrary: version }, { weight: 1, arbitrary: another.map((parts) => parts.join('')) }),
    { maxLength },
  );
}
