import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cases } from '@/lib/cases.fixture';
import { matching } from './matching';

const items = [
  { name: 'Run', group: 'This page' },
  { name: 'Temperature 0', group: 'Lessons' },
  { name: 'Top-p cuts the tail', group: 'Lessons' },
  { name: 'Temperature', group: 'Glossary' },
];
const names = (search: string): string[] => matching(items, search).map(({ name }) => name);

describe('matching', () => {
  it('finds words by their beginnings, in any order and case', () => {
    expect(names('TAIL top')).toEqual(['Top-p cuts the tail']);
    expect(names('temp')).toEqual(['Temperature 0', 'Temperature']);
    expect(names('emp')).toEqual([]);
  });

  it('takes the group for a part of the name', () => {
    expect(names('temperature les')).toEqual(['Temperature 0']);
  });

  it('finds all where nothing was typed', () => {
    expect(names('')).toEqual(items.map(({ name }) => name));
    expect(names(' – ')).toHaveLength(items.length);
  });

  it('finds no more when more is typed, and keeps the order', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (search, more) => {
        const found = names(search);
        expect(found).toEqual(items.map(({ name }) => name).filter((name) => found.includes(name)));
        expect(found).toEqual(expect.arrayContaining(names(`${search} ${more}`)));
      }),
      { seed: 42, numRuns: cases(200) },
    );
  });
});
