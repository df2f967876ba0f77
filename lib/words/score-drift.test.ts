import { expect, it } from 'vitest';
import { sayDifference, sayRunOf, sayScore, sayScoreDrift } from './score-drift';

const fork = { at: 16, scores: [], took: { own: ' white', other: ' red' } };

it('the words for scores that part say since when, by how much, and where the words part', () => {
  const drift = { differences: [0, 0, 0.0004123, 0.5], since: 2, fork };
  expect(sayScoreDrift(drift, 'run 1 (f32)', 'run 2 (bf16)')).toBe(
    'The scores of run 1 (f32) and run 2 (bf16) differ from token 3 on, by 0.00041 there. The words part at token 17.',
  );
  expect(sayScoreDrift({ ...drift, fork: null }, 'run 1 (f32)', 'run 2 (bf16)')).toMatch(/The words stay the same\.$/);
  expect(sayScoreDrift({ differences: [0, 0], since: null, fork: null }, 'run 1', 'run 2')).toBe(
    'Run 1 and run 2 have the same scores to the last bit.',
  );
});

it('the words for a difference have two digits that count', () => {
  expect([0, 0.0312, 4.77e-7, 1.44, 12].map(sayDifference)).toEqual(['0', '0.031', '0.00000048', '1.4', '12']);
  expect(sayScore(12.375)).toBe('12.3750');
  expect(sayRunOf({ run: 2, made: { tag: 'bf16' } })).toBe('run 2 (bf16)');
  expect(sayRunOf({ run: 3, made: { tag: 'batched', inFlight: 3 } })).toBe('run 3 (batched, 3 in flight)');
});
