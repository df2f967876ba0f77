import { describe, expect, it } from 'vitest';
import { maxBatch, measurement, type Product, stretchesOf } from './batch-rounding';

const rows = measurement.rows.map((row): [string, Product] => [`${row.dtype} ${row.K} × ${row.N}`, row]);
const say = (row: Product) =>
  stretchesOf(row)
    .map(({ from, to, results }) => `${from}-${to}: ${results}`)
    .join(' · ');
const sayRow = (name: string) => rows.flatMap(([each, row]) => (each === name ? [say(row)] : [])).join();

describe('the stretches of a measured product', () => {
  it.each(rows)('of %s follow on each other and fit its counts', (_, row) => {
    const stretches = stretchesOf(row);
    expect(stretches.map(({ from }) => from)).toEqual([1, ...stretches.slice(0, -1).map(({ to }) => to + 1)]);
    expect(stretches.at(-1)?.to).toBe(maxBatch);
    row.sizes.forEach(([smallest, largest, count], result) => {
      const its = stretches.filter(({ results }) => results.includes(result));
      const certain = its.filter(({ results }) => results.length === 1);
      const total = (those: typeof its) => those.reduce((sum, { from, to }) => sum + to - from + 1, 0);
      expect([certain[0]?.from, certain.at(-1)?.to]).toEqual([smallest, largest]);
      expect(total(certain)).toBeLessThanOrEqual(count);
      expect(total(its)).toBeGreaterThanOrEqual(count);
    });
  });

  it('leave open what the measurement leaves open', () => {
    expect(sayRow('bfloat16 4096 × 4096')).toBe('1-24: 1 · 25-25: 0 · 26-47: 0,1 · 48-48: 1 · 49-256: 0');
  });

  it('have what the counts settle, and one result for those that are not listed', () => {
    expect(sayRow('float32 16384 × 4096')).toBe(
      '1-1: 7 · 2-6: 4 · 7-9: 8 · 10-12: 6 · 13-16: 5 · 17-32: 3 · 33-64: 0 · 65-128: 1 · 129-192: 0 · 193-256: 2',
    );
  });

  it('are one where every batch size gave one result', () => {
    const alone = measurement.rows.filter(({ results }) => results === 1);
    expect(alone.length).toBe(7);
    expect(new Set(alone.map(say))).toEqual(new Set(['1-256: 0']));
  });
});
