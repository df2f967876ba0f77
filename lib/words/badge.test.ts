import { expect, it } from 'vitest';
import { judgeRuns } from '@/lib/compare/measure/judge';
import type { Recipe } from '@/lib/recipe/recipe';
import type { RunRecord } from '@/lib/run/record';
import { aRecipe, aRequest, ended, endedWith, failed } from '@/lib/run/records.fixture';
import { sayBadge } from './badge';

const badgeOf = (runs: RunRecord[], recipe: Partial<Recipe> = {}) =>
  sayBadge(judgeRuns(aRecipe({ repeats: runs.length, ...recipe }), runs), 'run');
const seeded = { request: aRequest({ seed: 7 }) };

it('speaks of the seed that all runs had, and of how many agree', () => {
  expect(badgeOf(endedWith('x', 'x', 'x'), seeded)).toEqual({ label: 'seed 7', finding: '3 of 3 identical' });
  expect(badgeOf(endedWith('x', 'y', 'x'), seeded)).toEqual({ label: 'seed 7', finding: '2 of 3 identical' });
});

it('counts the texts where none comes twice', () => {
  expect(badgeOf(endedWith('x', 'y', 'z'), seeded).finding).toBe('3 texts in 3 runs');
});

it('names no seed that was not sent, or that differs', () => {
  expect(badgeOf(endedWith('x', 'x'), { request: aRequest({ seed: undefined }) }).label).toBe('Seedbed');
  const arms = [1, 2].map((seed) => ({ label: `seed ${seed}`, set: { seed } }));
  const runs = [ended(1, 'x'), { ...ended(2, 'x'), arm: 1 }];
  expect(badgeOf(runs, { arms, repeats: 1 }).label).toBe('Seedbed');
});

it('counts nothing that failed', () => {
  expect(badgeOf([ended(1, 'x'), ended(2, 'x'), failed(3, 'rate_limited')], seeded).finding).toBe('2 of 2 identical');
  expect(badgeOf([failed(1, 'rate_limited'), failed(2, 'rate_limited')], seeded).finding).toBe('no run counts');
  expect(badgeOf([ended(1, 'x'), failed(2, 'rate_limited')], seeded).finding).toBe('one run');
});

it('says where only spaces or lengths differ', () => {
  expect(badgeOf(endedWith('a b', 'a  b'), seeded).finding).toBe('same words, other spacing');
  expect(badgeOf(endedWith('one two three', 'one two'), seeded).finding).toBe('same text, some stop short');
});
