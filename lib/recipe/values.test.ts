import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cases } from '@/lib/cases.fixture';
import { err } from '@/lib/result';
import type { ValuesFault } from './problem';
import { parseValues } from './values';

const valuesOf = (text: string): number[] => {
  const read = parseValues(text);
  if (!read.ok) throw new Error(read.error.kind);
  return read.value;
};

describe('parseValues', () => {
  it.each([
    ['1', [1]],
    ['1, 2, 5', [1, 2, 5]],
    [' 0.5 ,-3 ', [0.5, -3]],
    ['1, .., 4', [1, 2, 3, 4]],
    ['4, .., 1', [4, 3, 2, 1]],
    ['1, 2, .., 5', [1, 2, 3, 4, 5]],
    ['0, 0.2, …, 1', [0, 0.2, 0.4, 0.6, 0.8, 1]],
    ['0, 0.1, .., 0.3', [0, 0.1, 0.2, 0.3]],
    ['1, 3, .., 8', [1, 3, 5, 7, 8]],
    ['10, 8, .., 4, 1', [10, 8, 6, 4, 1]],
    ['2, 2, 2', [2]],
  ])('reads %s', (text, values) => {
    expect(valuesOf(text)).toEqual(values);
  });

  it.each([
    ['', { kind: 'not-a-number', text: '' }],
    ['1,', { kind: 'not-a-number', text: '' }],
    ['one', { kind: 'not-a-number', text: 'one' }],
    ['.., 3', { kind: 'not-a-range', text: '..' }],
    ['1, ..', { kind: 'not-a-range', text: '..' }],
    ['1, .., x', { kind: 'not-a-range', text: '..' }],
    ['1, 2, …, 0', { kind: 'not-a-range', text: '…' }],
    ['1, 1, .., 5', { kind: 'not-a-range', text: '..' }],
    ['1, .., 1000', { kind: 'too-many-values', max: 100 }],
    ['0, 0.000001, .., 9', { kind: 'too-many-values', max: 100 }],
  ] satisfies [string, ValuesFault][])('refuses %j', (text, fault) => {
    expect(parseValues(text)).toEqual(err(fault));
  });

  it('gives every whole number of a range once, in order', () => {
    fc.assert(
      fc.property(fc.integer({ min: -1000, max: 1000 }), fc.integer({ min: 2, max: 90 }), (from, count) => {
        const expected = Array.from({ length: count }, (_, at) => from + at);
        expect(valuesOf(`${from}, .., ${from + count - 1}`)).toEqual(expected);
        expect(valuesOf(expected.join(','))).toEqual(expected);
      }),
      { seed: 3 },
    );
  });

  it('never throws, whatever the text', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'0123456789.,-e …x') }), (text) => {
        const read = parseValues(text);
        if (read.ok) expect(read.value.every(Number.isFinite) || text.includes('e')).toBe(true);
      }),
      { seed: 4, numRuns: cases(2000) },
    );
  });
});
