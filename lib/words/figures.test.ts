import { describe, expect, it } from 'vitest';
import type { Figure } from '@/lib/compare/measure/figures';
import { sayDiffering, sayFigure } from './figures';

describe('a figure', () => {
  it.each<[Figure, string, string]>([
    [{ kind: 'finish', value: 'stop' }, 'finish', 'stop'],
    [{ kind: 'tokens', value: 51 }, 'tokens', '51'],
    [{ kind: 'tokens', value: null }, 'tokens', 'not told'],
    [{ kind: 'seed', value: null }, 'seed', 'none'],
    [{ kind: 'prompt-cached', value: 40, of: 60 }, 'prompt cached', '40 of 60'],
    [{ kind: 'time', value: 1800 }, 'time', '1.8 s'],
  ])('%o is called "%s" and is "%s"', (figure, name, value) => {
    expect(sayFigure(figure)).toEqual({ name, value });
  });
});

describe('what differs between the runs of a card', () => {
  const all = [
    { name: 'F1', value: 'fp_1', runs: [1, 3] },
    { name: 'F2', value: 'fp_2', runs: [4] },
  ];
  const said = (kind: Figure['kind'], ...values: [Figure['value'], number[]][]) =>
    sayDiffering({ kind, values: values.map(([value, runs]) => ({ figure: { kind, value }, runs })) }, all).value;

  it('names the runs that have each value', () => {
    expect(said('tokens', [51, [1, 3]], [null, [4]])).toBe('51 (runs 1, 3); not told (run 4)');
    expect(said('fingerprint', ['fp_1', [1, 3]], ['fp_2', [4]], [null, [5]])).toBe(
      'F1 (runs 1, 3); F2 (run 4); none (run 5)',
    );
    expect(said('setting', ['T 0', [1]], ['T 1', [2]])).toBe('T 0 (run 1); T 1 (run 2)');
  });

  it('lists seeds that are each run’s own in the order of the runs, and a few of many', () => {
    expect(said('seed', [1, [1]], [3, [3]], [4, [4]])).toBe('1, 3, 4');
    expect(said('seed', ...[1, 2, 3, 4, 5, 6].map((seed): [number, number[]] => [seed, [seed]]))).toBe(
      '1, 2, 3, 4 and 2 more',
    );
  });

  it('is a range of times, in milliseconds where seconds would be the same', () => {
    expect(said('time', [240, [1]], [90, [2]], [1900, [3]])).toBe('90 ms to 1.9 s');
    expect(said('time', [1810, [1]], [1802, [2]])).toBe('1802 to 1810 ms');
  });
});
