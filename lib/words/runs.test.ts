import { describe, expect, it } from 'vitest';
import { sayRuns } from './runs';

describe('the words for runs', () => {
  it.each<[string, number[]]>([
    ['run 3', [3]],
    ['runs 1, 2, 4', [1, 2, 4]],
    ['runs 1, 2, 3, 4, 5, 6, 7, 8', [1, 2, 3, 4, 5, 6, 7, 8]],
    ['runs 1, 2, 3, 4, 5, 6, 7, 8 and 1 more', [1, 2, 3, 4, 5, 6, 7, 8, 9]],
    ['runs 1, 2, 3, 4, 5, 6, 7, 8 and 92 more', Array.from({ length: 100 }, (_, index) => index + 1)],
  ])('are "%s"', (said, runs) => {
    expect(sayRuns(runs)).toBe(said);
  });
});
