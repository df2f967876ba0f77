import { describe, expect, it } from 'vitest';
import { sayRuns, sayRunsOfArms } from './runs';

describe('the words for runs', () => {
  it.each<[string, number[]]>([
    ['run 3', [3]],
    ['runs 1, 2, 4', [1, 2, 4]],
    ['runs 1, 2, 3, 4, 5, 6, 7, 8', [1, 2, 3, 4, 5, 6, 7, 8]],
    ['runs 1, 2, 3, 4, 5, 6, 7, 8, 9', [1, 2, 3, 4, 5, 6, 7, 8, 9]],
    ['runs 1, 2, 3, 4, 5, 6, 7, 8 and 92 more', Array.from({ length: 100 }, (_, index) => index + 1)],
  ])('are "%s"', (said, runs) => {
    expect(sayRuns(runs)).toBe(said);
  });
});

describe('the words for runs of several arms', () => {
  const labelled = (...labels: (string | null)[]) => labels.map((label, index) => ({ run: index + 1, label }));
  it.each([
    ['runs 1, 2 (T 0), run 3 (T 1)', labelled('T 0', 'T 0', 'T 1')],
    ['run 1 (seed 1), run 2 (–)', labelled('seed 1', null)],
    ['runs 1, 2', labelled(null, null)],
    [
      'run 1 (1), run 2 (2), run 3 (3), run 4 (4), run 5 (5), run 6 (6), run 7 (7), run 8 (8) and 2 more runs',
      labelled('1', '2', '3', '4', '5', '6', '7', '8', '9', '10'),
    ],
  ])('are "%s"', (said, runs) => {
    expect(sayRunsOfArms(runs)).toBe(said);
  });
});
