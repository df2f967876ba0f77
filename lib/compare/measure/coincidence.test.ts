import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cases } from '@/lib/cases.fixture';
import { failed } from '@/lib/run/records.fixture';
import { coincidence } from './coincidence';
import { runsWritten } from './experiments.fixture';

describe('texts by fingerprints', () => {
  it('are a table of counts', () => {
    expect(coincidence(runsWritten('x:1 y:2 x:1 y:'))).toEqual({
      rows: [
        { letter: 'A', runs: [1, 3], counts: [2, 0, 0] },
        { letter: 'B', runs: [2, 4], counts: [0, 1, 1] },
      ],
      columns: [
        { fingerprint: 'fp_1', runs: [1, 3], texts: 1 },
        { fingerprint: 'fp_2', runs: [2], texts: 1 },
        { fingerprint: null, runs: [4], texts: 1 },
      ],
      finding: { kind: 'coincide', letters: [] },
    });
  });

  it.each([
    ['x:1 x:1 y:2', { kind: 'coincide', letters: [] }],
    ['x:1 x:2 y:3', { kind: 'coincide', letters: ['A'] }],
    ['x:1,2 y:3,4', { kind: 'coincide', letters: ['A', 'B'] }],
    ['x:1 y:1', { kind: 'inside', fingerprints: [{ fingerprint: 'fp_1', texts: 2 }] }],
    ['x:1 y:1 z:1 z:2', { kind: 'inside', fingerprints: [{ fingerprint: 'fp_1', texts: 3 }] }],
    [
      'x:1 y:1 x:2 y:2',
      {
        kind: 'inside',
        fingerprints: [
          { fingerprint: 'fp_1', texts: 2 },
          { fingerprint: 'fp_2', texts: 2 },
        ],
      },
    ],
    ['x:1 x:2', { kind: 'one-text' }],
    ['x:1,2 x:1', { kind: 'one-text' }],
    ['x:1 x:1', { kind: 'one-each' }],
    ['x:1 x: y:', { kind: 'one-each' }],
    ['x: y:', { kind: 'none-reported' }],
    ['', { kind: 'none-compared' }],
  ])('show of %s: %o', (written, finding) => {
    expect(coincidence(runsWritten(written)).finding).toEqual(finding);
  });

  it('leave out what is not compared', () => {
    expect(coincidence([...runsWritten('x:1'), failed(2, 'stalled', 'y')]).rows).toHaveLength(1);
  });

  it('go by the mode', () => {
    expect(coincidence(runsWritten('x:1 X.:1'), 'case-punctuation').finding.kind).toBe('one-each');
  });

  it('count every run under every fingerprint that it reports', () => {
    const run = fc.tuple(fc.constantFrom('x', 'y', 'z'), fc.subarray(['1', '2', '3']));
    fc.assert(
      fc.property(fc.array(run, { maxLength: 8 }), (list) => {
        const found = coincidence(runsWritten(list.map(([text, ids]) => `${text}:${ids}`).join(' ')));
        const total = found.rows.flatMap(({ counts }) => counts).reduce((sum, count) => sum + count, 0);
        expect(total).toBe(list.reduce((sum, [, ids]) => sum + Math.max(1, ids.length), 0));
        for (const [index, column] of found.columns.entries())
          expect(found.rows.reduce((sum, { counts }) => sum + (counts[index] ?? 0), 0)).toBe(column.runs.length);
      }),
      { seed: 1, numRuns: cases(500) },
    );
  });
});
