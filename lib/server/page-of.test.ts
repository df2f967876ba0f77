import { describe, expect, it } from 'vitest';
import { aRecipe, ended } from '@/lib/run/records.fixture';
import type { SavedExperiment } from '@/lib/run/saved';
import { pageOf } from './page-of';
import { weightOf } from './weight';

/** Words of one letter out of two, without a pattern. */
function twoLetters(words: number, seed: number): string {
  let state = seed;
  return Array.from({ length: words }, () => {
    state = (state * 48_271) % 2_147_483_647;
    return state % 2 === 0 ? 'a' : 'b';
  }).join(' ');
}

const experimentOf = (texts: readonly string[]): SavedExperiment => ({
  ...{ id: 'e', title: null, createdAt: '', sharedAt: null, parent: null, origin: 'run' },
  recipe: { ...aRecipe(), repeats: texts.length },
  runs: texts.map((text, index) => ended(index + 1, text)),
});

describe('the view of an experiment', () => {
  it('has its marks, if they are not too many', () => {
    const experiment = experimentOf(['the cat sat', 'the cat ran']);
    expect(pageOf(experiment, null, false, true).view.columns[1]?.parts).not.toEqual([]);
  });

  it.each([
    ['has too many', experimentOf(Array.from({ length: 4 }, (_, seed) => twoLetters(4000, seed + 1)))],
    ['is too long', experimentOf(['sat', 'ran'].map((text) => `the cat ${text} ${'x'.repeat(140_000)}`))],
  ])('has the verdict, the letters and no marks where it %s', (_, experiment) => {
    const { verdict, columns, places, fork } = pageOf(experiment, null, false, true).view;
    expect(verdict.kind).toBe('differ');
    expect(fork).not.toBeNull();
    expect(columns.map(({ parts }) => parts)).toEqual(columns.map(() => []));
    expect(columns.slice(0, 2).map(({ letter }) => letter)).toEqual(['A', 'B']);
    expect(places).toEqual([]);
  });
});

describe('the page of a large experiment', () => {
  it('has the beginnings of so many distinct texts, and how many more there are', () => {
    const texts = Array.from({ length: 60 }, (_, at) => `${at >> 1} ${'x'.repeat(20_000)}`);
    const page = pageOf(experimentOf(texts), null, false, true);
    expect(page).toMatchObject({ kind: 'large', runs: 60, more: 6, view: { columns: [], variants: 30 } });
    expect(page.kind === 'large' && page.beginnings.map(({ runs }) => runs.map(({ run }) => run)).slice(0, 2)).toEqual([
      [1, 2],
      [3, 4],
    ]);
    expect(JSON.stringify(page).length).toBeLessThan(100_000);
  });

  it('has none where comparing is left to the browser', () => {
    const texts = ['a', 'b'].map((text) => text.repeat(300_000));
    expect(pageOf(experimentOf(texts), null, false, false)).toMatchObject({
      ...{ kind: 'large', sentence: '', beginnings: [], more: 0 },
    });
  });
});

describe('the weight of runs', () => {
  it('is their characters, of texts and reasoning, and twenty for a token', () => {
    const token = { token: 'a', logprob: -1, bytes: null, top_logprobs: [] };
    expect(weightOf([ended(1, 'four'), { ...ended(2, 'a'), reasoning: 'bc', tokens: [token] }])).toBe(4 + 3 + 20);
  });
});
