import { describe, expect, it } from 'vitest';
import type { Group } from './groups';
import { outliersOf } from './outliers';

const words = (of: string, count: number): string => Array.from({ length: count }, (_, at) => `${of}${at}`).join(' ');
/** The outliers among texts of so many runs each; the first text is the base. */
const outliers = (...texts: [text: string, runs: number][]): string[] => {
  const groups = texts.map(([text, runs], at): Group => {
    const letter = String.fromCharCode(65 + at);
    return { letter, text, runs: Array.from({ length: runs }, (_, run) => 100 * at + run) };
  });
  const [base] = groups;
  return base
    ? outliersOf(base, groups).map(
        ({ letter, shared, of, first }) => `${letter} ${shared}/${of}${first ? ` of ${first}` : ''}`,
      )
    : [];
};

const base = words('w', 40);
const near = `${words('w', 39)} end`;

describe('texts unlike the others', () => {
  it('share less than half of the words of the shorter text with the base, in the same order', () => {
    expect(outliers([base, 1], [near, 1], [`${words('w', 19)} ${words('x', 21)}`, 1])).toEqual(['C 19/40']);
    expect(outliers([base, 1], [near, 1], [`${words('w', 20)} ${words('x', 20)}`, 1])).toEqual([]);
    expect(outliers([base, 1], [near, 1], [base.split(' ').reverse().join(' '), 1])).toEqual(['C 1/40']);
  });

  it('are not those that only end early, or go on', () => {
    expect(outliers([base, 1], [near, 1], [words('w', 5), 1], [`${base} ${words('x', 100)}`, 1])).toEqual([]);
  });

  it('may be short: a refusal among answers, or no text at all', () => {
    expect(outliers([base, 1], [near, 1], ['I am sorry.', 1])).toEqual(['C 0/3']);
    expect(outliers([base, 1], [near, 1], ['', 1])).toEqual(['C 0/0']);
  });

  it('say so if only the beginnings of long texts were compared', () => {
    const [long, alike] = [words('w', 1200), `${words('w', 1199)} end`];
    expect(outliers([long, 1], [alike, 1], [words('x', 1001), 1], [words('x', 30), 1])).toEqual([]);
    expect(outliers([long, 2], [alike, 1], [words('x', 1001), 1], [words('x', 30), 1])).toEqual([
      'C 0/1000 of 1000',
      'D 0/30 of 1000',
    ]);
    expect(outliers([words('w', 1000), 1], [words('w', 999), 1], [words('x', 1000), 1])).toEqual(['C 0/1000']);
  });

  it('are none where all texts are short: those are read as they are', () => {
    expect(outliers(['Heads!', 3], ['Heads.', 1], ['Tails!', 1])).toEqual([]);
  });

  it('are none if they would be half of all runs, or leave one text alone', () => {
    expect(outliers([base, 1], [near, 1], [words('x', 40), 2])).toEqual([]);
    expect(outliers([base, 2], [near, 1], [words('x', 40), 2])).toEqual(['C 0/40']);
    expect(outliers([base, 9], [words('x', 40), 1])).toEqual([]);
  });
});
