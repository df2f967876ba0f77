import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cases } from '@/lib/cases.fixture';
import { anyText, kin, plainWords, wholeText } from '@/lib/compare/__fixtures__/texts';
import { cpuMs } from '@/lib/cpu-time.fixture';
import {
  type EqualityMode,
  equalityModes,
  firstEqualMode,
  groupByEquality,
  keyOf,
  lettersOf,
  parsePattern,
} from './equality';
import { groupTexts } from './groups';

const numbered = (texts: readonly string[]) => texts.map((text, index) => ({ run: index + 1, text }));
const runsOf = (texts: readonly string[], mode: EqualityMode) =>
  groupByEquality(numbered(texts), mode).map(({ runs }) => runs);
const pattern = (source: string): RegExp => {
  const read = parsePattern(source);
  if (!read.ok) throw new Error(read.error.kind);
  return read.value;
};
const refusal = (source: string) => {
  const read = parsePattern(source);
  return read.ok ? null : read.error;
};

describe('the text modes', () => {
  it.each([
    ['a  b', 'a b', 'whitespace'],
    [' a\r\nb\t', 'a b', 'whitespace'],
    ['a\u00a0b', 'a\u3000b', 'whitespace'],
    ['The End.', 'the end', 'case-punctuation'],
    ['“Yes” – he said', '"yes", he said!', 'case-punctuation'],
    ["can't", 'can’t', 'case-punctuation'],
    ['U.S.A.', 'usa', 'case-punctuation'],
    ['well-known', 'well known', 'case-punctuation'],
    ['**Paris**', 'Paris', 'case-punctuation'],
    ['caf\u00e9', 'cafe\u0301', 'case-punctuation'],
    ['ΟΔΟΣ', 'οδοσ', 'case-punctuation'],
    ['东京。', '东京', 'case-punctuation'],
  ])('%j and %j part below %s', (a, b, mode) => {
    expect(firstEqualMode([a, b])).toBe(mode);
    expect(firstEqualMode([b, a])).toBe(mode);
  });

  it.each([
    ['it is 3.14', 'it is 314'],
    ['it is -5', 'it is 5'],
    ['up by 5%', 'up by 5'],
    ['1,000', '1.000'],
    ['$5', '€5'],
    ['a + b', 'a = b'],
    ['yes 🙂', 'yes 🙁'],
    ['ab', 'a b'],
    ['naive', 'naïve'],
  ])('keep %j and %j apart', (a, b) => {
    expect(keyOf(a, 'case-punctuation')).not.toBe(keyOf(b, 'case-punctuation'));
  });

  it('leave the exact one exact', () => {
    expect(firstEqualMode(['a', 'a'])).toBe('exact');
    expect(keyOf('e\u0301 ', 'exact')).toBe('e\u0301 ');
    expect(firstEqualMode(['the cat', 'the dog'])).toBeNull();
  });

  it('turn İ to lower case alike everywhere', () => {
    expect(keyOf('TITLE İ', 'case-punctuation')).toBe('title i\u0307');
  });

  it('are each coarser than the one before: its groups are unions of groups', () => {
    const texts = fc.oneof(
      kin(anyText, { minLength: 1, maxLength: 6 }),
      kin(plainWords, { minLength: 1, maxLength: 6 }),
    );
    const varied = fc.tuple(texts, fc.array(fc.constantFrom(' ', '.', '\n', 'X'), { maxLength: 6 }));
    fc.assert(
      fc.property(varied, ([list, ends]) => {
        const all = list.flatMap((text, index) => [text, text.toUpperCase(), `${text}${ends[index] ?? ''}`]);
        const [exact, spacing, loose] = (['exact', 'whitespace', 'case-punctuation'] as const).map((mode) =>
          runsOf(all, mode),
        );
        for (const [fine, coarse] of [
          [exact, spacing],
          [spacing, loose],
        ])
          for (const runs of fine ?? [])
            expect(coarse?.filter((those) => those.some((run) => runs.includes(run)))).toHaveLength(1);
      }),
      { seed: 1, numRuns: cases(1000) },
    );
  });

  it('never make equal what differs in its letters and digits, in whatever context', () => {
    const odd = fc.constantFrom(
      'İ',
      'i\u0307',
      'Σ',
      'ς',
      'é',
      'e\u0301',
      '\u212a',
      'Å',
      'ß',
      '-5',
      '3.14',
      '’',
      ' ',
      '한',
    );
    const part = fc.array(fc.oneof(odd, anyText), { maxLength: 4 }).map((parts) => parts.join(''));
    const writtenOtherwise = part.chain((text) =>
      fc
        .constantFrom(text, text.toLowerCase(), text.normalize('NFD'), ` ${text}.`, `${text}x`)
        .map((other) => [text, other]),
    );
    let equal = 0;
    fc.assert(
      fc.property(part, writtenOtherwise, part, (before, [a = '', b = ''], after) => {
        const keys = [a, b].map((text) => keyOf(before + text + after, 'case-punctuation'));
        if (keys[0] !== keys[1]) return;
        equal++;
        expect(lettersOf(a)).toBe(lettersOf(b));
      }),
      { seed: 3, numRuns: cases(5000) },
    );
    expect(equal).toBeGreaterThan(cases(2000));
  });
});

describe('the JSON mode', () => {
  it.each([
    ['{"a":1,"b":[1,2]}', '{ "b": [1.0, 2e0],\n "a": 10e-1 }'],
    ['```json\n{"a": 1}\n```', '{"a":1}'],
    ['{"é":"\\u00e9"}', '{"\\u00e9":"é"}'],
    ['-0', '0.00'],
    ['1e2', '100'],
    ['{"a":1,"a":2}', '{"a":2}'],
    ['{"__proto__":1,"a":2}', '{"a":2,"__proto__":1}'],
  ])('makes one of %j and %j', (a, b) => {
    expect(keyOf(a, 'json')).not.toBeNull();
    expect(keyOf(a, 'json')).toBe(keyOf(b, 'json'));
  });

  it.each([
    ['[1,2]', '[2,1]'],
    ['1', '"1"'],
    ['"#1"', '1'],
    ['"=1"', '"1"'],
    ['9007199254740992', '9007199254740993'],
    ['1e400', '1e401'],
    ['{"a":"x  y"}', '{"a":"x y"}'],
    ['{"__proto__":1}', '{}'],
  ])('keeps %j and %j apart', (a, b) => {
    expect(keyOf(a, 'json')).not.toBe(keyOf(b, 'json'));
  });

  it('finds none in prose, in half a value, or in what is nested too deeply', () => {
    for (const text of ['Yes.', '', '{"a":', 'Here: {"a":1}', '['.repeat(200_000) + ']'.repeat(200_000)])
      expect(keyOf(text, 'json')).toBeNull();
  });

  it('takes the same value as any writing of it', () => {
    const value = fc.jsonValue();
    fc.assert(
      fc.property(value, value, (a, b) => {
        expect(keyOf(JSON.stringify(a), 'json')).toBe(keyOf(JSON.stringify(a, null, 2), 'json'));
        const equal = keyOf(JSON.stringify(a), 'json') === keyOf(JSON.stringify(b), 'json');
        const same = (one: unknown, other: unknown) => {
          try {
            expect(one).toEqual(other);
            return true;
          } catch {
            return false;
          }
        };
        expect(equal).toBe(same(JSON.parse(JSON.stringify(a)), JSON.parse(JSON.stringify(b))));
      }),
      { seed: 1, numRuns: cases(500) },
    );
  });

  it('reads a megabyte, of figures or of escapes', () => {
    const started = cpuMs();
    expect(keyOf(`1${'0'.repeat(1_000_000)}1`, 'json')).not.toBeNull();
    keyOf(JSON.stringify('\n'.repeat(500_000)), 'json');
    expect(cpuMs() - started).toBeLessThan(2000);
  });
});

describe('the answer mode', () => {
  it.each([
    ['The answer is 42.', '42'],
    ['2 + 2 = 4', '4'],
    ['It is $1,234.50 in all', '1234.5'],
    ['from 3-5', '5'],
    ['x = -7', '-7'],
    ['x = −7', '-7'],
    ['about 1.5e3 of them', '1500'],
    ['.5', '0.5'],
    ['007', '7'],
    ['-0', '0'],
    ['1e400', '1e400'],
    ['1e-3', '0.001'],
    ['12,3456', '3456'],
  ])('takes the last number of %j', (text, answer) => {
    expect(keyOf(text, 'answer')).toBe(answer);
  });

  it.each([
    ['The answer is 1/2', '0.5'],
    ['The answer is 1/2.', '0.5'],
    ['(-3/4)', '-0.75'],
    ['x=2/6', '1/3'],
    ['−2/3', '-2/3'],
    ['1,000/3', '1000/3'],
    ['4/2', '2'],
    ['0/7', '0'],
    ['1 3/4 cups', '1.75'],
    ['-1 1/3', '-4/3'],
    ['open 7 24/7', '24/7'],
    ['first 1/3, then 2', '2'],
  ])('takes the last fraction of %j as one number', (text, answer) => {
    expect(keyOf(text, 'answer')).toBe(answer);
  });

  it.each([
    ['3/4/2026', '2026'],
    ['2026/04/03', '3'],
    ['1/0', '0'],
    ['1/2.5', '2.5'],
    ['0.1/2', '2'],
    ['v1/2', '2'],
    [`1/${'7'.repeat(19)}`, '7'.repeat(19)],
  ])('makes no fraction of %j', (text, answer) => {
    expect(keyOf(text, 'answer')).toBe(answer);
  });

  it('gives equal fractions one answer, and other ones another', () => {
    const part = fc.record({ over: fc.integer({ min: 0, max: 99 }), under: fc.integer({ min: 1, max: 99 }) });
    fc.assert(
      fc.property(part, part, fc.integer({ min: 1, max: 99 }), (a, b, times) => {
        const key = ({ over, under }: typeof a) => keyOf(`${over}/${under}`, 'answer');
        expect(key({ over: a.over * times, under: a.under * times })).toBe(key(a));
        expect(key(a) === key(b)).toBe(a.over * b.under === b.over * a.under);
      }),
      { seed: 1, numRuns: cases(1000) },
    );
  });

  it('finds none without a number', () => {
    expect(keyOf('I do not know.', 'answer')).toBeNull();
    expect(
      groupByEquality(numbered(['No.', 'No.', '4', 'four: 4']), 'answer').map(({ runs, key }) => [runs, key]),
    ).toEqual([
      [[3, 4], '4'],
      [[1], null],
      [[2], null],
    ]);
  });

  it('takes what a pattern finds last: its first group, or all of it', () => {
    expect(keyOf('Answer: A, no, Answer: B', 'answer', { answer: pattern('Answer: ([A-D])') })).toBe('B');
    expect(keyOf('yes YES', 'answer', { answer: pattern('(?i:yes)') })).toBe('YES');
    expect(keyOf('none', 'answer', { answer: pattern('Answer: (.*)') })).toBeNull();
    expect(keyOf('Answer: ', 'answer', { answer: pattern('Answer: (.*)') })).toBeNull();
  });

  it('looks for it in the last 20,000 characters', () => {
    const answer = pattern('Answer: ([A-D])');
    expect(keyOf(`Answer: A${' '.repeat(20_000)}`, 'answer', { answer })).toBeNull();
    expect(keyOf(`${' '.repeat(50_000)}Answer: A${' '.repeat(19_000)}`, 'answer', { answer })).toBe('A');
  });

  it.each([
    '(\\d+(?:\\.\\d+)?)',
    '\\d{1,3}(?:,\\d{3})*',
    'answer\\s*[:=]\\s*(yes|no)',
    '(?<a>x)+',
    '[(+)*]+',
    '\\(a+\\)+',
  ])('takes the pattern %s', (source) => {
    expect(refusal(source)).toBeNull();
  });

  it.each([
    ['', { kind: 'empty' }],
    ['(', { kind: 'invalid', reason: 'Unterminated group' }],
    ['x'.repeat(501), { kind: 'too-long', max: 500 }],
    ['(a+)+', { kind: 'repeated-group' }],
    ['(?:a|a)*b', { kind: 'repeated-group' }],
    ['(a?){30}a{30}', { kind: 'repeated-group' }],
    ['((?:a*))+', { kind: 'repeated-group' }],
    ['(a*?){2,}', { kind: 'repeated-group' }],
    ['(a)\\1', { kind: 'back-reference' }],
    ['a?'.repeat(13), { kind: 'many-repetitions', max: 12 }],
  ])('refuses the pattern %j', (source, problem) => {
    expect(refusal(source)).toEqual(problem);
  });

  it('never throws, whatever is typed', () => {
    const source = fc.array(
      fc.constantFrom('(', ')', '[', ']', '{', '2,', '}', '*', '+', '?', '\\', 'a', '|', ':', '^'),
    );
    fc.assert(
      fc.property(source, (parts) => {
        const read = parsePattern(parts.join(''));
        if (read.ok) keyOf('aaa(b)', 'answer', { answer: read.value });
        else expect(read.error.kind).toMatch(/^(empty|invalid|back-reference|repeated-group|many-repetitions)$/);
      }),
      { seed: 1, numRuns: cases(2000) },
    );
  });
});

describe('groups under a mode', () => {
  it('are those of the texts under the exact mode', () => {
    fc.assert(
      fc.property(kin(wholeText, { minLength: 0, maxLength: 6 }), (texts) => {
        const groups = groupByEquality(numbered(texts), 'exact').map(({ letter, runs, text }) => ({
          letter,
          text,
          runs,
        }));
        expect(groups).toEqual(groupTexts(numbered(texts)));
      }),
      { seed: 1, numRuns: cases(300) },
    );
  });

  it('are a partition under every mode', () => {
    const texts = fc.array(fc.constantFrom('a', 'A', 'a ', '1', '1.0', '"1"', 'x 1', '', '…'), { maxLength: 12 });
    fc.assert(
      fc.property(texts, fc.constantFrom(...equalityModes), (list, mode) => {
        const runs = runsOf(list, mode).flat();
        expect(runs.toSorted((a, b) => a - b)).toEqual(list.map((_, index) => index + 1));
      }),
      { seed: 1, numRuns: cases(500) },
    );
  });

  it('show their most common text, and count the others', () => {
    expect(groupByEquality(numbered(['a.', 'A', 'A']), 'case-punctuation')).toEqual([
      { letter: 'A', runs: [1, 2, 3], text: 'A', key: 'a', variants: 2 },
    ]);
  });
});

describe('the first mode under which texts are equal', () => {
  it.each([
    [['a b', 'a  b'], 'whitespace'],
    [['a b', 'A b.'], 'case-punctuation'],
    [['It is 4', '4 it is'], 'answer'],
    [['{"a":1,"b":2}', '{"b":2,"a":1}'], 'json'],
    [['a', 'b'], null],
  ])('of %j is %s', (texts, mode) => {
    expect(firstEqualMode(texts)).toBe(mode);
  });
});
