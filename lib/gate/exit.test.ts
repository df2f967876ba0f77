import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cases } from '@/lib/cases.fixture';
import { exitCodeOf } from './exit';

describe('the exit code', () => {
  it.each([
    [['holds', 'holds'], 0],
    [['holds', 'fails', 'undecided', 'not-judged'], 1],
    [['not-judged', 'not-judged'], 3],
    [['holds', 'not-judged'], 4],
    [['holds', 'undecided'], 4],
    [[], 3],
  ] as const)('of %j is %i', (outcomes, code) => {
    expect(exitCodeOf(outcomes)).toBe(code);
  });

  it('is 0 only where every case holds', () => {
    const outcomes = fc.array(fc.constantFrom('holds', 'fails', 'undecided', 'not-judged'), { maxLength: 6 });
    fc.assert(
      fc.property(outcomes, (list) => {
        expect(exitCodeOf(list) === 0).toBe(list.length > 0 && list.every((each) => each === 'holds'));
      }),
      { seed: 1, numRuns: cases(300) },
    );
  });
});
