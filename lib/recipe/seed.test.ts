import fc from 'fast-check';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { cases } from '@/lib/cases.fixture';
import { anySeed } from './any-recipe.fixture';
import { exactOf, isSeed, parseExactly, parseWithSeeds, readSeed, seedAfter, seedOf, stringifyExactly } from './seed';

const edge = 9007199254740991;

describe('a seed', () => {
  it.each([
    0,
    -1,
    edge,
    -edge,
    '9007199254740992',
    '-9007199254740992',
    '18446744073709551615',
    '-9223372036854775808',
  ])('may be %j', (value) => {
    expect(isSeed(value)).toBe(true);
    expect(readSeed(String(value))).toBe(value);
  });

  it.each([
    ['a number that is not exact', edge + 1],
    ['no whole number', 1.5],
    ['nothing', Number.NaN],
    ['the digits of what a number holds', '7'],
    ['those of the last number that is exact', '9007199254740991'],
    ['beyond 64 bits', '18446744073709551616'],
    ['below 64 bits', '-9223372036854775809'],
    ['digits with a zero before them', '09007199254740993'],
    ['digits with a sign that says nothing', '+9007199254740993'],
    ['a fraction in digits', '9007199254740993.0'],
    ['a bigint', 7n],
    ['null', null],
  ])('is not %s: %s', (_, value) => {
    expect(isSeed(value)).toBe(false);
  });

  it('has one form for each whole number', () => {
    fc.assert(
      fc.property(anySeed, (seed) => {
        expect(isSeed(seed)).toBe(true);
        expect(seedOf(BigInt(exactOf(seed)))).toBe(seed);
        expect(readSeed(String(seed))).toBe(seed);
      }),
      { seed: 31, numRuns: cases(1000) },
    );
  });

  it('is followed by the next whole number, on either side of what a number holds', () => {
    expect(seedAfter(7, 2)).toBe(9);
    expect(seedAfter(edge, 1)).toBe('9007199254740992');
    expect(seedAfter('-9007199254740993', 2)).toBe(-edge);
    expect(seedAfter('18446744073709551614', 1)).toBe('18446744073709551615');
  });
});

describe('a number that JSON.parse rounds', () => {
  it.each([
    ['{"a": 9007199254740993}', { a: 9007199254740993n }],
    ['[1, {"a": [-9007199254740993]}]', [1, { a: [-9007199254740993n] }]],
    ['{"a": 9007199254740992}', { a: 9007199254740992 }],
    ['{"a": 1000000000000000000000000}', { a: 1000000000000000000000000n }],
    ['{"a": 1e30, "b": 0.1, "c": "9007199254740993"}', { a: 1e30, b: 0.1, c: '9007199254740993' }],
  ])('is read to its last digit in %s', (text, value) => {
    expect(parseExactly(text)).toEqual(value);
  });
});

describe('JSON with seeds', () => {
  it('keeps every digit, whoever wrote the number', () => {
    fc.assert(
      fc.property(fc.array(anySeed), (seeds) => {
        const written = stringifyExactly(seeds.map((seed) => ({ request: { seed: exactOf(seed) } })));
        expect(written).toBe(`[${seeds.map((seed) => `{"request":{"seed":${seed}}}`).join(',')}]`);
        expect(parseWithSeeds(written)).toEqual(seeds.map((seed) => ({ request: { seed } })));
        const exact = parseWithSeeds(written, (digits) => digits);
        expect(stringifyExactly(exact)).toBe(written);
      }),
      { seed: 32, numRuns: cases(500) },
    );
  });

  it('is read as JSON.parse reads it, but for seeds', () => {
    const text =
      '{"n":9007199254740993,"seed":"9007199254740993","s":{"seed":1e30},"t":"\\"seed\\": 9007199254740993"}';
    expect(parseWithSeeds(text)).toEqual(JSON.parse(text));
    expect(() => parseWithSeeds('{"seed": 9007199254740993')).toThrow(SyntaxError);
  });
});

describe('a browser whose JSON.parse does not tell how a number is written', () => {
  afterEach(() => vi.restoreAllMocks());

  it('reads a long number as it can', () => {
    const parse = JSON.parse;
    vi.spyOn(JSON, 'parse').mockImplementation((text, revive) =>
      parse(text, revive && ((key, value) => revive(key, value))),
    );
    expect(parseWithSeeds('{"seed": 9007199254740993}')).toEqual({ seed: 9007199254740992 });
    expect(parseExactly('[9007199254740993]')).toEqual([9007199254740992]);
  });
});
