import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cases } from '@/lib/cases.fixture';
import { coincidence } from '@/lib/compare/measure/coincidence';
import { runsWritten } from '@/lib/compare/measure/experiments.fixture';
import { sayCoincidence } from './coincidence';

describe('the words for texts by fingerprints', () => {
  it.each([
    ['x:1 x:1 y:2', 'Differences coincide with fingerprints.'],
    ['x:1 x:2 y:3', 'Differences coincide with fingerprints. Text A came under several.'],
    ['x:1 y:1', 'Two texts inside one fingerprint: fp_1.'],
    ['x:1 y:1 z:1 z:2', '3 texts inside one fingerprint: fp_1.'],
    ['x:1 y:1 x:2 y:2', 'Several texts inside each of 2 fingerprints: fp_1, fp_2.'],
    ['x:1 x:2', 'One text under several fingerprints.'],
    ['x:1,2 x:1', 'One text under several fingerprints.'],
    ['x:1 x:1', 'One text, one fingerprint.'],
    ['x:1 y:', 'Run 2 reported none. Of the others: one text, one fingerprint.'],
    ['x:1 x: y:', 'Runs 2, 3 reported none. Of the others: one text, one fingerprint.'],
    ['x: y:', 'No fingerprint was reported.'],
    ['', 'There is no run to compare.'],
    ['x:1 y: y:', 'Runs 2, 3 reported none. Of the others: one text, one fingerprint.'],
    ['x:1,2 y:3,4', 'Differences coincide with fingerprints. Texts A, B came under several.'],
  ])('of %s are "%s"', (written, sentence) => {
    expect(sayCoincidence(coincidence(runsWritten(written)))).toBe(sentence);
  });

  it('never name a cause', () => {
    const run = fc.tuple(fc.constantFrom('x', 'y', 'z'), fc.subarray(['1', '2', '3']));
    fc.assert(
      fc.property(fc.array(run, { maxLength: 8 }), (list) => {
        const found = coincidence(runsWritten(list.map(([text, ids]) => `${text}:${ids}`).join(' ')));
        expect(sayCoincidence(found)).not.toMatch(/because|cause|due to|why/);
      }),
      { seed: 1, numRuns: cases(500) },
    );
  });
});
