import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cases } from '@/lib/cases.fixture';
import { aRecipe, aRequest } from '@/lib/run/records.fixture';
import { bodyOf } from './body';
import { armLabel, armRequest, plan, tokenLimitOf } from './plan';
import { RunSpec } from './schema';

describe('a plan', () => {
  it('has one arm when nothing varies', () => {
    const runs = plan(aRecipe({ request: aRequest({ seed: 74 }), repeats: 2 }));
    expect(runs).toEqual([
      { run: 1, arm: 0, repeat: 1, seed: 74, model: 'seedling-1' },
      { run: 2, arm: 0, repeat: 2, seed: 74, model: 'seedling-1' },
    ]);
  });

  it('goes arm by arm, with all repeats of each', () => {
    const runs = plan(aRecipe({ arms: [{ set: {} }, { set: {} }], repeats: 3 }));
    expect(runs.map(({ run, arm, repeat }) => [run, arm, repeat])).toEqual([
      [1, 0, 1],
      [2, 0, 2],
      [3, 0, 3],
      [4, 1, 1],
      [5, 1, 2],
      [6, 1, 3],
    ]);
  });

  it('has one run for every arm and repeat, in order', () => {
    const counts = fc.tuple(fc.integer({ min: 1, max: 10 }), fc.integer({ min: 1, max: 10 }));
    fc.assert(
      fc.property(counts, ([arms, repeats]) => {
        const runs = plan(aRecipe({ arms: Array.from({ length: arms }, () => ({ set: {} })), repeats }));
        expect(runs.map(({ run }) => run)).toEqual(Array.from({ length: arms * repeats }, (_, index) => index + 1));
        for (const { run, arm, repeat } of runs) expect(arm * repeats + repeat).toBe(run);
        expect(runs.every((run) => RunSpec.safeParse(run).success)).toBe(true);
      }),
      { seed: 1, numRuns: cases(100) },
    );
  });

  it('names the seed and the model of each arm', () => {
    const request = aRequest({ seed: 74 });
    const arms = [{ set: {} }, { set: { seed: 75 } }, { set: { seed: null } }, { set: { model: 'other' } }];
    const runs = plan(aRecipe({ request, arms }));
    expect(runs.map(({ seed }) => seed)).toEqual([74, 75, null, 74]);
    expect(runs.map(({ model }) => model)).toEqual(['seedling-1', 'seedling-1', 'seedling-1', 'other']);
  });

  it('has a null seed where none was given', () => {
    expect(plan(aRecipe())[0]?.seed).toBeNull();
  });
});

describe('the request of an arm', () => {
  it('is the request of the recipe, with what the arm sets on top', () => {
    const recipe = aRecipe({
      request: aRequest({ seed: 1, temperature: 0.2, top_p: 0.9 }),
      arms: [{ set: {} }, { label: 'hot', set: { temperature: 2 } }],
    });
    expect(armRequest(recipe, 0)).toEqual(recipe.request);
    expect(armRequest(recipe, 1)).toEqual({ ...recipe.request, temperature: 2 });
  });

  it('includes seed 0', () => {
    expect(armRequest(aRecipe({ request: aRequest({ seed: 0 }) }), 0)).toHaveProperty('seed', 0);
  });

  it.each([
    ['never given', aRecipe()],
    ['null', aRecipe({ request: aRequest({ seed: null }) })],
    ['set to null by the arm', aRecipe({ request: aRequest({ seed: 74 }), arms: [{ set: { seed: null } }] })],
  ])('has no seed key when the seed is %s', (_, recipe) => {
    expect(Object.keys(armRequest(recipe, 0))).not.toContain('seed');
  });

  it('does not change the recipe', () => {
    const recipe = aRecipe({ request: aRequest({ seed: 1 }), arms: [{ set: { seed: 2 } }] });
    const before = structuredClone(recipe);
    armRequest(recipe, 0);
    plan(recipe);
    expect(recipe).toEqual(before);
  });
});

describe('the name of an arm', () => {
  it('is its label, or its provider where arms have several', () => {
    const arms = [{ label: 'here', set: {} }, { set: {} }, { provider: 'other', set: {} }];
    const several = aRecipe({ arms });
    expect(arms.map((_, arm) => armLabel(several, arm))).toEqual(['here', several.provider, 'other']);
    expect(armLabel(aRecipe({ arms: arms.slice(0, 2) }), 1)).toBeNull();
    expect(armLabel(aRecipe(), 0)).toBeNull();
  });
});

describe('the body of a call', () => {
  it('has the parameters, and beside them whatever else is to go into it', () => {
    const request = aRequest({ seed: 7, extra_body: { top_k: 1, provider: { order: ['x'] } } });
    expect(bodyOf(request)).toEqual({ ...aRequest({ seed: 7 }), top_k: 1, provider: { order: ['x'] } });
    expect(bodyOf(aRequest())).toEqual(aRequest());
  });

  it('has a token limit under either name', () => {
    expect(tokenLimitOf(aRequest({ max_completion_tokens: 5 }))).toBe(5);
    expect(tokenLimitOf(aRequest({ max_tokens: 6 }))).toBe(6);
    expect(tokenLimitOf(aRequest())).toBeNull();
  });
});
