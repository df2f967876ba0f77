import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { RunRecord } from '@/lib/run/record';
import { aRecipe, ended, endedWith, failed, queued } from '@/lib/run/records.fixture';
import type { SavedExperiment } from '@/lib/run/saved';
import { type Drift, drift, sayDay } from './drift';

const saved = (createdAt: string, runs: RunRecord[], id = createdAt): SavedExperiment => ({
  id,
  recipe: aRecipe({ repeats: Math.max(1, runs.length) }),
  title: null,
  createdAt,
  sharedAt: null,
  parent: null,
  origin: 'run',
  runs,
});
const on = (day: number, ...texts: string[]) => saved(march(day), endedWith(...texts));
const march = (day: number) => `2026-03-${String(day).padStart(2, '0')}T12:00:00.000Z`;
const carrying = (day: number, ...values: string[][]) =>
  saved(
    march(day),
    values.map((fingerprints, at) => ended(at + 1, 'x', { fingerprints })),
  );
const letters = ({ rows }: Drift) => rows.map(({ dots }) => dots.map(({ letter }) => letter ?? '-').join(''));
const sentence = (...experiments: SavedExperiment[]) => drift(experiments).sentence;

describe('the timeline of a recipe', () => {
  it('has its rows oldest first, whatever order they come in', () => {
    const days = [on(9, 'y'), on(3, 'x'), on(12, 'z')];
    expect(drift(days).rows.map(({ id }) => id)).toEqual([march(3), march(9), march(12)]);
    expect(drift(days.toReversed())).toEqual(drift(days));
  });

  it('orders by id what was made at one time', () => {
    const twins = [saved(march(3), endedWith('y'), 'b'), saved(march(3), endedWith('x'), 'a')];
    expect(drift(twins).rows.map(({ id }) => id)).toEqual(['a', 'b']);
    expect(drift(twins.toReversed())).toEqual(drift(twins));
  });

  it('letters the texts alike in all rows, the oldest first, not the most common', () => {
    const found = drift([on(9, 'y', 'y', 'x'), on(3, 'x', 'z', 'y')]);
    expect(letters(found)).toEqual(['ABC', 'CCA']);
    expect(found.letters).toBe(3);
  });

  it('goes on with AA after Z', () => {
    const texts = Array.from({ length: 28 }, (_, index) => `text ${index}`);
    const [row] = drift([on(3, ...texts)]).rows;
    expect(row?.dots.slice(24).map(({ letter }) => letter)).toEqual(['Y', 'Z', 'AA', 'AB']);
  });

  it('says why a run has no letter', () => {
    const runs = [ended(1, 'x'), failed(2, 'rate_limited', 'x'), queued(3), ended(4, '')];
    expect(drift([saved(march(3), runs)]).rows[0]?.dots).toEqual([
      { run: 1, letter: 'A', why: null },
      { run: 2, letter: null, why: 'failed: rate limit.' },
      { run: 3, letter: null, why: 'has not finished.' },
      { run: 4, letter: null, why: 'returned no text.' },
    ]);
  });

  it('is empty without experiments', () => {
    expect(drift([])).toEqual({ rows: [], letters: 0, bands: [], sentence: 'No run finished with a text.' });
  });

  it('gives equal letters to equal texts and to no others', () => {
    const runs = fc.array(fc.constantFrom('', 'x', 'y', 'x ', '__proto__', '\ud83d'), { maxLength: 5 });
    fc.assert(
      fc.property(fc.array(runs, { maxLength: 5 }), (days) => {
        const { rows, letters } = drift(days.map((texts, day) => on(day + 1, ...texts)));
        const dots = rows.flatMap((row, day) =>
          row.dots.map(({ letter, run }) => ({ letter, text: days[day]?.[run - 1] })),
        );
        const shown = dots.filter(({ letter }) => letter !== null);
        expect(shown.map(({ text }) => text)).toEqual(days.flat().filter((text) => text !== ''));
        const byLetter = Map.groupBy(shown, ({ letter }) => letter);
        for (const those of byLetter.values()) expect(new Set(those.map(({ text }) => text)).size).toBe(1);
        expect([...byLetter.keys()]).toEqual(['A', 'B', 'C', 'D', 'E', 'F'].slice(0, letters));
        expect(new Set(shown.map(({ text }) => text)).size).toBe(letters);
      }),
      { seed: 1, numRuns: 500 },
    );
  });
});

describe('the fingerprints of a timeline', () => {
  it('share a band while they stay the same', () => {
    const days = [carrying(3, ['fp_a']), carrying(4, ['fp_a']), carrying(5, ['fp_b']), carrying(6, ['fp_a'])];
    expect(drift(days).bands).toEqual([
      { fingerprint: 'fp_a', from: 0, to: 1 },
      { fingerprint: 'fp_b', from: 2, to: 2 },
      { fingerprint: 'fp_a', from: 3, to: 3 },
    ]);
    expect(drift(days).rows.map(({ fingerprints }) => fingerprints)).toEqual([['fp_a'], ['fp_a'], ['fp_b'], ['fp_a']]);
  });

  it('are taken as a set', () => {
    const days = [carrying(3, ['fp_a'], ['fp_b']), carrying(4, ['fp_b'], ['fp_a'], ['fp_a']), carrying(5, ['fp_b'])];
    expect(drift(days).bands).toEqual([
      { fingerprint: 'fp_a, fp_b', from: 0, to: 1 },
      { fingerprint: 'fp_b', from: 2, to: 2 },
    ]);
  });

  it('tell apart none and some', () => {
    const days = [carrying(3, []), carrying(4, [], []), carrying(5, ['fp_a'], []), carrying(6, ['fp_a'])];
    expect(drift(days).bands).toEqual([
      { fingerprint: null, from: 0, to: 1 },
      { fingerprint: 'fp_a (not in all runs)', from: 2, to: 2 },
      { fingerprint: 'fp_a', from: 3, to: 3 },
    ]);
  });
});

describe('the sentence on a timeline', () => {
  const five = ['x', 'x', 'x', 'x', 'x'];

  it('says that the text has always been the same', () => {
    expect(sentence(on(3, ...five), on(5, ...five), on(9, ...five))).toBe('The same text in all 15 runs on 3 days.');
    expect(sentence(on(3, 'x', 'x'), saved('2026-03-03T23:59:59.999Z', endedWith('x', 'x')))).toBe(
      'The same text in all 4 runs on 1 day.',
    );
  });

  it('counts only what finished', () => {
    const runs = [ended(1, 'x'), failed(2, 'stalled')];
    expect(sentence(saved(march(3), runs), saved(march(4), runs), saved(march(5), [failed(1, 'stalled')]))).toBe(
      'The same text in all 2 finished runs on 2 days.',
    );
    expect(sentence(saved(march(3), runs))).toBe('Only 1 run counts: nothing to compare it with.');
    expect(sentence(saved(march(3), [failed(1, 'stalled')]))).toBe('No run finished with a text.');
  });

  it('names the days of a clean turn', () => {
    expect(sentence(on(1, 'x', 'x'), on(3, 'x', 'x'), on(9, 'y', 'y'), on(12, 'y', 'y'))).toBe(
      'Text A until 3 Mar 2026, text B since 9 Mar 2026.',
    );
  });

  it('names them past an experiment of which nothing finished', () => {
    expect(sentence(on(3, 'x', 'x'), saved(march(5), [failed(1, 'stalled'), queued(2)]), on(9, 'y', 'y'))).toBe(
      'Text A until 3 Mar 2026, text B since 9 Mar 2026.',
    );
  });

  it.each([
    [
      'the first text came again',
      [on(3, 'x'), on(9, 'y'), on(12, 'x')],
      '2 texts over 3 experiments; the latest matches the first in 1 of 1 run.',
    ],
    [
      'one experiment had both',
      [on(3, 'x', 'x'), on(9, 'x', 'y'), on(12, 'y', 'y')],
      '2 texts over 3 experiments; the latest differs from the first in 2 of 2 runs.',
    ],
    [
      'there is a third',
      [on(3, 'x'), on(9, 'y'), on(12, 'z')],
      '3 texts over 3 experiments; the latest differs from the first in 1 of 1 run.',
    ],
    [
      'it was on one day',
      [on(3, 'x'), saved('2026-03-03T13:00:00.000Z', endedWith('y'))],
      '2 texts over 2 experiments; the latest differs from the first in 1 of 1 run.',
    ],
  ])('does not when %s', (_, experiments, expected) => {
    expect(sentence(...experiments)).toBe(expected);
  });

  it('says how the latest stands to the first', () => {
    const days = [3, 4, 5, 6, 7].map((day) => on(day, 'a', 'b', 'c', 'd', 'a'));
    expect(sentence(...days, on(8, 'a', 'c', 'b', 'd', 'a'))).toBe(
      '4 texts over 6 experiments; the latest differs from the first in 2 of 5 runs.',
    );
    expect(sentence(on(3, 'a', 'b'), on(4, 'b', 'a'), on(5, 'a', 'b'))).toBe(
      '2 texts over 3 experiments; the latest matches the first in 2 of 2 runs.',
    );
  });

  it('says that they have no run in common', () => {
    const [first, second] = [
      [ended(1, 'x'), ended(2, 'y'), queued(3)],
      [queued(1), queued(2), ended(3, 'x')],
    ];
    expect(sentence(saved(march(3), first), saved(march(4), second))).toBe(
      '2 texts over 2 experiments; the latest has no run in common with the first.',
    );
  });

  it('says that each run has always given its own text', () => {
    expect(sentence(on(3, 'a', 'b', 'c'), on(4, 'a', 'b', 'c'), on(5, 'a', 'b', 'c'))).toBe(
      'The same 3 texts, run by run, in all 3 experiments.',
    );
  });

  it('counts the texts of a single experiment', () => {
    expect(sentence(on(3, 'a', 'b', 'a'))).toBe('2 texts in 3 runs.');
  });
});

describe('the day of a time', () => {
  it.each([
    ['2026-03-03T23:59:59.999Z', '3 Mar 2026'],
    ['2026-09-30T00:00:00Z', '30 Sep 2026'],
    ['2026-12-31T23:59:59Z', '31 Dec 2026'],
    ['2027-01-01T00:00:00Z', '1 Jan 2027'],
    ['2026-13-01T00:00:00Z', '2026-13-01T00:00:00Z'],
    ['yesterday', 'yesterday'],
    ['', ''],
  ])('%s', (time, day) => {
    expect(sayDay(time)).toBe(day);
  });
});
