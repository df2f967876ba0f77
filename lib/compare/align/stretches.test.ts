import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cases } from '@/lib/cases.fixture';
import { stretchesOf } from './stretches';

/** A column from what each text has there: 'aab' for three texts, '-' for nothing. */
const column = (cells: string): string[] => [...cells].map((cell) => (cell === '-' ? '' : cell));
const cut = (...columns: string[]) =>
  stretchesOf(columns.map(column)).map(({ shared, cells }) => (shared ? cells[0] : cells));

describe('a profile cut into stretches', () => {
  it('has what all share, and places between', () => {
    expect(cut('aaa', 'bbb', 'ccd', 'eee', 'fff')).toEqual(['ab', ['c', 'c', 'd'], 'ef']);
  });

  it('has one place where the same texts differ from the others in a row', () => {
    expect(cut('aaa', 'bbx', 'cc-', 'ddd')).toEqual(['a', ['bc', 'bc', 'x'], 'd']);
  });

  it('has one place for two changes of the same texts with a word between them', () => {
    expect(cut('aaa', 'bbx', 'ccc', 'ddy', 'eee')).toEqual(['a', ['bcd', 'bcd', 'xcy'], 'e']);
  });

  it('has two places for changes of different texts with a word between them', () => {
    expect(cut('aaa', 'bbx', 'ccc', 'dyd', 'eee')).toEqual(['a', ['b', 'b', 'x'], 'c', ['d', 'y', 'd'], 'e']);
  });

  it('has places of their own for changes on a page that one text has otherwise', () => {
    const page = [...'bcdefghijklmnopqrstu'].map((each, at) => {
      const changed = at === 5 || at === 14 ? each.toUpperCase() : each;
      return at < 10 ? `${each}${each}${changed}${String(at % 10)}` : `${each}${changed}${each}${String(at % 10)}`;
    });
    const places = cut('aaaa', ...page, 'zzzz').filter((stretch) => typeof stretch !== 'string');
    expect(places.length).toBeGreaterThan(2);
    for (const cells of places) expect(new Set(cells).size).toBeLessThan(4);
  });

  it('takes for shared what texts have in different columns and yet the same', () => {
    expect(cut('aa', 'b-', '-b', 'cc')).toEqual(['abc']);
  });

  it('joins to the same rows, without two shared stretches side by side, and no place where all agree', () => {
    const profile = fc.integer({ min: 1, max: 5 }).chain((texts) =>
      fc.array(fc.array(fc.constantFrom('a', 'a', 'a', 'b', ''), { minLength: texts, maxLength: texts }), {
        maxLength: 60,
      }),
    );
    fc.assert(
      fc.property(profile, (columns) => {
        const stretches = stretchesOf(columns);
        const row = (of: readonly { cells: readonly string[] }[], at: number) =>
          of.map(({ cells }) => cells[at] ?? '').join('');
        for (let at = 0; at < 5; at++)
          expect(row(stretches, at)).toBe(
            row(
              columns.map((cells) => ({ cells })),
              at,
            ),
          );
        for (const [at, { shared, cells }] of stretches.entries()) {
          expect(shared).toBe(new Set(cells).size === 1);
          expect(shared && stretches[at + 1]?.shared).not.toBe(true);
        }
      }),
      { seed: 1, numRuns: cases(1000) },
    );
  });
});
