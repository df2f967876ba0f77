import { describe, expect, it } from 'vitest';
import type { Experiment } from '@/lib/run/fold';
import { aRecipe, ended } from '@/lib/run/records.fixture';
import { tasks, weightOf } from './tasks';

/** Words of one letter out of two, without a pattern. */
function twoLetters(words: number, seed: number): string {
  let state = seed;
  return Array.from({ length: words }, () => {
    state = (state * 48_271) % 2_147_483_647;
    return state % 2 === 0 ? 'a' : 'b';
  }).join(' ');
}

const experimentOf = (texts: readonly string[]): Experiment => ({
  id: 'e',
  recipe: { ...aRecipe(), repeats: texts.length },
  runs: texts.map((text, index) => ended(index + 1, text)),
  running: false,
});

describe('the view of an experiment', () => {
  const common = { baseline: 'common' } as const;

  it('has its marks, if they are not too many', () => {
    const experiment = experimentOf(['the cat sat', 'the cat ran']);
    expect(tasks.view(experiment, common, true).columns[1]?.parts).not.toEqual([]);
  });

  it.each([
    ['has too many', experimentOf(Array.from({ length: 4 }, (_, seed) => twoLetters(4000, seed + 1))), true],
    ['is too long', experimentOf(['the cat sat', 'the cat ran']), false],
  ])('has the verdict, the letters and no marks where it %s', (_, experiment, marked) => {
    const { verdict, columns, places, fork } = tasks.view(experiment, common, marked);
    expect(verdict.kind).toBe('differ');
    expect(fork).not.toBeNull();
    expect(columns.map(({ parts }) => parts)).toEqual(columns.map(() => []));
    expect(columns.slice(0, 2).map(({ letter }) => letter)).toEqual(['A', 'B']);
    expect(places).toEqual([]);
  });
});

describe('the weight of runs', () => {
  it('is their characters, of texts and reasoning, and twenty for a token', () => {
    const token = { token: 'a', logprob: -1, bytes: null, top_logprobs: [] };
    expect(weightOf([ended(1, 'four'), { ...ended(2, 'a'), reasoning: 'bc', tokens: [token] }])).toBe(4 + 3 + 20);
  });
});
