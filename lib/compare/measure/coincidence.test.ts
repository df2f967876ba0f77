import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ended, failed } from '@/lib/run/records.fixture';
import { coincidence } from './coincidence';

/** 'x:1,2 y:' is a run with text x and fingerprints fp_1 and fp_2, then one with text y and none. */
const runsOf = (written: string) =>
  written
    .split(' ')
    .filter(Boolean)
    .map((each, index) => {
      const [text = '', ids = ''] = each.split(':');
      const fingerprints = ids.split(',').filter(Boolean);
      return ended(index + 1, text, { fingerprints: fingerprints.map((id) => `fp_${id}`) });
    });
const say = (written: string) => coincidence(runsOf(written)).sentence;

describe('texts by fingerprints', () => {
  it('is a table of counts', () => {
    expect(coincidence(runsOf('x:1 y:2 x:1 y:'))).toEqual({
      rows: [
        { letter: 'A', runs: [1, 3], counts: [2, 0, 0] },
        { letter: 'B', runs: [2, 4], counts: [0, 1, 1] },
      ],
      columns: [
        { fingerprint: 'fp_1', runs: [1, 3], texts: 1 },
        { fingerprint: 'fp_2', runs: [2], texts: 1 },
        { fingerprint: null, runs: [4], texts: 1 },
      ],
      kind: 'coincide',
      sentence: 'Differences coincide with fingerprints. Run 4 reported none.',
    });
  });

  it.each([
    ['x:1 x:1 y:2', 'Differences coincide with fingerprints.'],
    ['x:1 x:2 y:3', 'Differences coincide with fingerprints. Text A came under several.'],
    ['x:1 y:1', 'Two texts inside one fingerprint: fp_1.'],
    ['x:1 y:1 z:1 z:2', '3 texts inside one fingerprint: fp_1.'],
    ['x:1 y:1 x:2 y:2', 'Several texts inside each of 2 fingerprints: fp_1, fp_2.'],
    ['x:1 x:2', 'One text under several fingerprints.'],
    ['x:1,2 x:1', 'One text under several fingerprints.'],
    ['x:1 x:1', 'One text, one fingerprint.'],
    ['x:1 y:', 'One text, one fingerprint. Run 2 reported none.'],
    ['x:1 x: y:', 'One text, one fingerprint. Runs 2, 3 reported none.'],
    ['x: y:', 'No fingerprint was reported.'],
    ['', 'There is no run to compare.'],
  ])('%s: %s', (written, sentence) => {
    expect(say(written)).toBe(sentence);
  });

  it('leaves out what is not compared', () => {
    expect(coincidence([...runsOf('x:1'), failed(2, 'stalled', 'y')]).rows).toHaveLength(1);
  });

  it('goes by the mode', () => {
    expect(coincidence(runsOf('x:1 X.:1'), 'case-punctuation').kind).toBe('one-each');
  });

  it('counts every run under every fingerprint that it reports, and never names a cause', () => {
    const run = fc.tuple(fc.constantFrom('x', 'y', 'z'), fc.subarray(['1', '2', '3']));
    fc.assert(
      fc.property(fc.array(run, { maxLength: 8 }), (list) => {
        const found = coincidence(runsOf(list.map(([text, ids]) => `${text}:${ids}`).join(' ')));
        const total = found.rows.flatMap(({ counts }) => counts).reduce((sum, count) => sum + count, 0);
        expect(total).toBe(list.reduce((sum, [, ids]) => sum + Math.max(1, ids.length), 0));
        for (const [index, column] of found.columns.entries())
          expect(found.rows.reduce((sum, { counts }) => sum + (counts[index] ?? 0), 0)).toBe(column.runs.length);
        expect(found.sentence).not.toMatch(/because|cause|due to|why/);
      }),
      { seed: 1, numRuns: 500 },
    );
  });
});
