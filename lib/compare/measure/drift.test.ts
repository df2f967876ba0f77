import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cases } from '@/lib/cases.fixture';
import { ended, endedWith, failed, queued } from '@/lib/run/records.fixture';
import type { SavedExperiment } from '@/lib/run/saved';
import { type Drift, drift } from './drift';
import { carrying, madeAt, madeOn, march, sentTo } from './experiments.fixture';

const carryingOn = (day: number, ...values: string[][]) => madeAt(march(day), carrying(...values));
const letters = ({ rows }: Drift) => rows.map(({ dots }) => dots.map(({ letter }) => letter ?? '-').join(''));
const finding = (...experiments: SavedExperiment[]) => drift(experiments).finding;

describe('the timeline of a recipe', () => {
  it('has its rows oldest first, whatever order they come in', () => {
    const days = [madeOn(9, 'y'), madeOn(3, 'x'), madeOn(12, 'z')];
    expect(drift(days).rows.map(({ id }) => id)).toEqual([march(3), march(9), march(12)]);
    expect(drift(days.toReversed())).toEqual(drift(days));
  });

  it('orders by id what was made at one time', () => {
    const twins = [madeAt(march(3), endedWith('y'), 'b'), madeAt(march(3), endedWith('x'), 'a')];
    expect(drift(twins).rows.map(({ id }) => id)).toEqual(['a', 'b']);
    expect(drift(twins.toReversed())).toEqual(drift(twins));
  });

  it('letters the texts alike in all rows, the oldest first, not the most common', () => {
    const found = drift([madeOn(9, 'y', 'y', 'x'), madeOn(3, 'x', 'z', 'y')]);
    expect(letters(found)).toEqual(['ABC', 'CCA']);
    expect(found.letters).toBe(3);
  });

  it('goes on with AA after Z', () => {
    const texts = Array.from({ length: 28 }, (_, index) => `text ${index}`);
    const [row] = drift([madeOn(3, ...texts)]).rows;
    expect(row?.dots.slice(24).map(({ letter }) => letter)).toEqual(['Y', 'Z', 'AA', 'AB']);
  });

  it('says why a run has no letter', () => {
    const runs = [ended(1, 'x'), failed(2, 'rate_limited', 'x'), queued(3), ended(4, '')];
    expect(drift([madeAt(march(3), runs)]).rows[0]?.dots).toEqual([
      { run: 1, letter: 'A', leftOut: null },
      { run: 2, letter: null, leftOut: { kind: 'failed', code: 'rate_limited' } },
      { run: 3, letter: null, leftOut: { kind: 'unfinished' } },
      { run: 4, letter: null, leftOut: { kind: 'empty' } },
    ]);
  });

  it('is empty without experiments', () => {
    expect(drift([])).toEqual({ rows: [], letters: 0, bands: [], moved: false, finding: { kind: 'no-text' } });
  });

  it('gives equal letters to equal texts and to no others', () => {
    const runs = fc.array(fc.constantFrom('', 'x', 'y', 'x ', '__proto__', '\ud83d'), { maxLength: 5 });
    fc.assert(
      fc.property(fc.array(runs, { maxLength: 5 }), (days) => {
        const { rows, letters } = drift(days.map((texts, day) => madeOn(day + 1, ...texts)));
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
      { seed: 1, numRuns: cases(500) },
    );
  });
});

describe('the fingerprints of a timeline', () => {
  const bandsOf = (days: SavedExperiment[]) => drift(days).bands.map(({ destinations: _, ...band }) => band);

  it('share a band while they stay the same', () => {
    const days = [carryingOn(3, ['fp_a']), carryingOn(4, ['fp_a']), carryingOn(5, ['fp_b']), carryingOn(6, ['fp_a'])];
    expect(bandsOf(days)).toEqual([
      { fingerprints: ['fp_a'], partly: false, from: 0, to: 1 },
      { fingerprints: ['fp_b'], partly: false, from: 2, to: 2 },
      { fingerprints: ['fp_a'], partly: false, from: 3, to: 3 },
    ]);
    expect(drift(days).rows.map(({ fingerprints }) => fingerprints)).toEqual([['fp_a'], ['fp_a'], ['fp_b'], ['fp_a']]);
  });

  it('are taken as a set', () => {
    const days = [
      carryingOn(3, ['fp_a'], ['fp_b']),
      carryingOn(4, ['fp_b'], ['fp_a'], ['fp_a']),
      carryingOn(5, ['fp_b']),
    ];
    expect(bandsOf(days)).toEqual([
      { fingerprints: ['fp_a', 'fp_b'], partly: false, from: 0, to: 1 },
      { fingerprints: ['fp_b'], partly: false, from: 2, to: 2 },
    ]);
  });

  it('tell apart none and some', () => {
    const days = [carryingOn(3, []), carryingOn(4, [], []), carryingOn(5, ['fp_a'], []), carryingOn(6, ['fp_a'])];
    expect(bandsOf(days)).toEqual([
      { fingerprints: [], partly: false, from: 0, to: 1 },
      { fingerprints: ['fp_a'], partly: true, from: 2, to: 2 },
      { fingerprints: ['fp_a'], partly: false, from: 3, to: 3 },
    ]);
  });
});

describe('the addresses of a timeline', () => {
  const [a, b] = [8281, 8282].map((port) => ({ kind: 'address' as const, address: `http://127.0.0.1:${port}/v1` }));
  const sentOn = (day: number, ...ports: number[]) =>
    madeAt(
      march(day),
      sentTo(...ports).map((run) => ({ ...run, fingerprints: ['fp_a'] })),
    );
  const common = { fingerprints: ['fp_a'], partly: false };

  it('part bands though the fingerprint stays the same', () => {
    const found = drift([sentOn(3, 8281), sentOn(4, 8281), sentOn(5, 8282)]);
    expect(found.moved).toBe(true);
    expect(found.bands).toEqual([
      { ...common, destinations: [a], from: 0, to: 1 },
      { ...common, destinations: [b], from: 2, to: 2 },
    ]);
    expect(found.rows.map(({ destinations }) => destinations)).toEqual([[a], [a], [b]]);
  });

  it('are taken as a set, and part nothing where they stay the same', () => {
    const found = drift([sentOn(3, 8281, 8282), sentOn(4, 8282, 8281)]);
    expect(found).toMatchObject({ moved: false, bands: [{ destinations: [a, b], from: 0, to: 1 }] });
  });

  it('do not move by an experiment without a text', () => {
    const nothing = madeAt(march(4), [failed(1, 'stalled')]);
    expect(drift([sentOn(3, 8281), nothing, sentOn(5, 8281)]).moved).toBe(false);
  });
});

describe('what a timeline shows', () => {
  const five = ['x', 'x', 'x', 'x', 'x'];
  const onFirst = (...texts: string[]) => madeOn(3, ...texts);

  it('is nothing without a text, or with a single one', () => {
    expect(finding(madeAt(march(3), [failed(1, 'stalled')]))).toEqual({ kind: 'no-text' });
    expect(finding(madeAt(march(3), [ended(1, 'x'), failed(2, 'stalled')]))).toEqual({ kind: 'only-one' });
  });

  it('is one text, on how many days and in how many of the runs', () => {
    expect(finding(onFirst(...five), madeOn(5, ...five), madeOn(9, ...five))).toEqual({
      kind: 'one-text',
      compared: 15,
      planned: 15,
      days: 3,
    });
    const late = madeAt('2026-03-03T23:59:59.999Z', [ended(1, 'x'), failed(2, 'stalled')]);
    expect(finding(onFirst('x'), late)).toEqual({ kind: 'one-text', compared: 2, planned: 3, days: 1 });
  });

  it('is a clean turn from one text to another, on another day', () => {
    expect(finding(onFirst('x', 'x'), madeOn(9, 'y', 'y'))).toEqual({
      kind: 'turn',
      until: march(3),
      since: march(9),
      unseeded: false,
    });
    const late = madeAt('2026-03-03T23:00:00.000Z', endedWith('y', 'y'));
    expect(finding(onFirst('x', 'x'), late)).toMatchObject({ kind: 'change', different: 2, compared: 2 });
    expect(finding(onFirst('x', 'y'), madeOn(9, 'y', 'y'))).toMatchObject({ kind: 'change', different: 1 });
    expect(finding(onFirst('x'), madeOn(9, 'y'), madeOn(10, 'x'))).toMatchObject({
      kind: 'change',
      different: 0,
      compared: 1,
    });
  });

  it('is steady where each run has always given its own text', () => {
    expect(finding(onFirst('a', 'b', 'c'), madeOn(4, 'a', 'b', 'c'))).toEqual({
      kind: 'steady',
      texts: 3,
      experiments: 2,
    });
    const less = madeAt(march(4), [ended(1, 'a'), failed(2, 'stalled')]);
    expect(finding(onFirst('a', 'b'), less)).toMatchObject({ kind: 'change', different: 0, compared: 1 });
  });

  it('is how far the latest differs from the first, of the runs that both have', () => {
    expect(finding(onFirst('a', 'b', 'c'), madeOn(4, 'x', 'y', 'z'), madeOn(5, 'a', 'b', 'd'))).toEqual({
      kind: 'change',
      texts: 7,
      experiments: 3,
      different: 1,
      compared: 3,
      unseeded: false,
    });
    expect(
      finding(madeAt(march(3), [ended(1, 'a')]), madeAt(march(4), [queued(1), ended(2, 'a'), ended(3, 'b')])),
    ).toEqual({ kind: 'change', texts: 2, experiments: 2, different: 0, compared: 0, unseeded: false });
  });

  it('is the texts of a single experiment, where no other has any', () => {
    expect(finding(onFirst('a', 'b', 'a'))).toEqual({ kind: 'one-experiment', texts: 2, compared: 3, unseeded: false });
  });
});
