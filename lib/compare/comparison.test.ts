import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { aRecipe, ended, endedWith, failed } from '@/lib/run/records.fixture';
import cookbook from './__fixtures__/cookbook.json';
import { compareRuns } from './comparison';
import { carrying } from './measure/experiments.fixture';
import { judgeRuns } from './measure/judge';

const recipe = aRecipe({ repeats: 5 });
const compare = (...texts: string[]) => compareRuns(recipe, endedWith(...texts));

describe('a comparison', () => {
  it('counts the texts and groups the runs', () => {
    const comparison = compare('x', 'y', 'x');
    expect(comparison).toMatchObject({ texts: 2, compared: 3, facts: { leftOut: [] } });
    expect(comparison.groups.map(({ letter, runs }) => [letter, runs])).toEqual([
      ['A', [1, 3]],
      ['B', [2]],
    ]);
  });

  it('names each text by the SHA-256 of its UTF-8', () => {
    const hash = createHash('sha256').update('naïve 😀', 'utf8').digest('hex');
    expect(compare('naïve 😀').groups[0]?.sha256).toBe(hash);
  });

  it('gives the most common text with its share and interval', () => {
    const modal = compare('x', 'y', 'x', 'x', 'x').modal;
    expect(modal).toMatchObject({ runs: [1, 3, 4, 5], share: 0.8 });
    expect(modal?.interval[0]).toBeCloseTo(0.3755, 4);
    expect(modal?.interval[1]).toBeCloseTo(0.9638, 4);
  });

  it('gives the agreement of pairs and the effective number of texts', () => {
    const comparison = compare('x', 'x', 'x', 'x', 'x', 'x', 'x', 'x', 'y', 'z');
    expect(comparison.pairwiseMatch).toBeCloseTo(0.6222, 4);
    expect(comparison.effectiveTexts).toBeCloseTo(1.8946, 4);
  });

  it('says where the texts first differ, and nothing more of it', () => {
    expect(compare('the cat sat', 'the cat ran').firstDifference).toEqual({
      word: 3,
      character: 9,
      differs: 'word',
      atEnd: false,
    });
    expect(compare('the cat', 'the cat').firstDifference).toBeNull();
  });

  it('has the facts behind the verdict', () => {
    expect(compare('x', 'x').facts).toEqual(judgeRuns(recipe, endedWith('x', 'x')));
  });

  it('names its mode, unless that is the exact one', () => {
    const comparison = compareRuns(recipe, endedWith('a.', 'A', 'b'), 'case-punctuation');
    expect(comparison).toMatchObject({ mode: 'case-punctuation', texts: 2, modal: { runs: [1, 2] } });
    expect(comparison.firstDifference).toEqual({ word: 1, character: 1, differs: 'word', atEnd: false });
    expect(comparison.facts).toMatchObject({ kind: 'differ', mode: 'case-punctuation', largest: 2 });
    expect(compareRuns(recipe, endedWith('a'))).not.toHaveProperty('mode');
  });

  it('has no most common value where no text has one', () => {
    expect(compareRuns(recipe, endedWith('a', 'a'), 'json')).toMatchObject({
      texts: 2,
      modal: null,
      firstDifference: null,
    });
  });

  it('has nothing to say about no runs', () => {
    expect(compareRuns(recipe, [])).toEqual({
      texts: 0,
      groups: [],
      modal: null,
      pairwiseMatch: null,
      effectiveTexts: 0,
      firstDifference: null,
      fingerprints: [],
      compared: 0,
      facts: {
        kind: 'nothing-compared',
        cached: false,
        ended: false,
        mode: 'exact',
        compared: 0,
        planned: 0,
        leftOut: [],
        ground: { kind: 'none' },
        reasoning: null,
        atLimit: { runs: [], limit: null },
      },
    });
  });
});

describe('what is left out of a comparison', () => {
  it('is not a run that ended at the token limit', () => {
    const comparison = compareRuns(recipe, [ended(1, 'x', { finish: 'length' }), ended(2, 'x')]);
    expect(comparison).toMatchObject({ compared: 2, texts: 1, facts: { leftOut: [] } });
  });

  it('does not count towards the share', () => {
    const runs = [ended(1, 'x'), ended(2, 'x'), failed(3, 'stalled', 'y')];
    expect(compareRuns(recipe, runs).modal?.share).toBe(1);
  });

  it('changes nothing but the facts, wherever it stands', () => {
    const runs = [ended(2, 'the cat'), ended(4, 'the dog')];
    const [first, last] = [failed(1, 'stalled', 'a'), ended(5, 'b', { finish: 'aborted' })];
    const { facts, ...rest } = compareRuns(recipe, [first, ...runs, last]);
    const { facts: _, ...alone } = compareRuns(recipe, runs);
    expect(rest).toEqual(alone);
    expect(facts.leftOut.map(({ run }) => run)).toEqual([1, 5]);
  });
});

describe('the fingerprints of a comparison', () => {
  it('come by first run, each with its runs; null for runs without one', () => {
    const runs = carrying(['fp_b'], [], ['fp_a', 'fp_b'], []);
    expect(compareRuns(recipe, runs).fingerprints).toEqual([
      { value: 'fp_b', runs: [1, 3] },
      { value: null, runs: [2, 4] },
      { value: 'fp_a', runs: [3] },
    ]);
  });

  it('are those of the compared runs only', () => {
    const stopped = ended(1, 'x', { finish: 'aborted', fingerprints: ['fp_old'] });
    expect(compareRuns(recipe, [stopped, ended(2, 'x', { fingerprints: ['fp_new'] })]).fingerprints).toEqual([
      { value: 'fp_new', runs: [2] },
    ]);
  });
});

/** Five real answers: one seed, temperature 0, one fingerprint, and still not one text. */
describe("the five answers in OpenAI's cookbook", () => {
  const runs = cookbook.texts.map((text, index) => ended(index + 1, text, { fingerprints: [cookbook.fingerprint] }));
  const comparison = compareRuns(recipe, runs);

  it('are four texts, of which runs 2 and 4 share one', () => {
    expect(comparison.texts).toBe(4);
    expect(comparison.groups.map(({ letter, runs }) => [letter, runs])).toEqual([
      ['A', [2, 4]],
      ['B', [1]],
      ['C', [3]],
      ['D', [5]],
    ]);
    expect(comparison.modal).toMatchObject({ runs: [2, 4], share: 0.4 });
  });

  it('agree in one pair of ten', () => {
    expect(comparison.pairwiseMatch).toBeCloseTo(0.1, 10);
    expect(comparison.effectiveTexts).toBeCloseTo(3.7893, 4);
  });

  it('part at the third word, which run 1 writes with a capital letter', () => {
    expect(comparison.firstDifference).toEqual({ word: 3, character: 22, differs: 'word', atEnd: false });
    expect(comparison.facts).toMatchObject({ kind: 'differ', largest: 2, texts: 4, fork: { word: 3 } });
  });

  it('came from one backend', () => {
    expect(comparison.fingerprints).toEqual([{ value: 'fp_772e8125bb', runs: [1, 2, 3, 4, 5] }]);
  });
});
