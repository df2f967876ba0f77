import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cases } from '@/lib/cases.fixture';
import { aRecipe, aRequest } from '@/lib/run/records.fixture';
import { canonicalJson, sameQuestion } from './canonical';
import { recipeHash } from './hash';

/** The same value with the keys of every object in another order. */
function reversed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reversed);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value)
      .toReversed()
      .map(([key, entry]) => [key, reversed(entry)]),
  );
}

describe('canonical JSON', () => {
  it('orders keys by code unit, at every depth', () => {
    expect(canonicalJson({ b: 1, a: [{ d: null, c: 'é' }], B: true })).toBe(
      '{"B":true,"a":[{"c":"é","d":null}],"b":1}',
    );
  });

  it('leaves absent keys out', () => {
    expect(canonicalJson({ a: undefined, b: 1 })).toBe('{"b":1}');
  });

  it('is JSON for the same value, whatever the order of keys', () => {
    const values = fc.jsonValue({ maxDepth: 3 });
    fc.assert(
      fc.property(values, (value) => {
        const plain: unknown = JSON.parse(JSON.stringify(value));
        expect(JSON.parse(canonicalJson(plain))).toEqual(plain);
        expect(canonicalJson(reversed(plain))).toBe(canonicalJson(plain));
      }),
      { seed: 1, numRuns: cases(500) },
    );
  });
});

describe('the hash of a recipe', () => {
  const recipe = aRecipe({
    request: aRequest({ seed: 74, temperature: 0.2 }),
    arms: [{ set: {} }, { set: { temperature: 1 } }],
    repeats: 3,
  });
  const hash = recipeHash(recipe);

  it('is the SHA-256 of the canonical JSON, in hex', () => {
    const asked =
      '{"dispatch":"parallel","provider":"seedling","repeats":1,' +
      '"requests":[{"messages":[{"content":"Hi","role":"user"}],"model":"seedling-1"}],"v":1}';
    expect(recipeHash(aRecipe())).toBe(createHash('sha256').update(asked).digest('hex'));
  });

  it('ignores the order of keys', () => {
    const { repeats, arms, request, provider, v } = recipe;
    const { temperature, seed, messages, model } = request;
    expect(recipeHash({ repeats, arms, request: { temperature, seed, messages, model }, provider, v })).toBe(hash);
  });

  it('ignores titles and labels', () => {
    const arms = recipe.arms?.map((arm, index) => ({ ...arm, label: `arm ${index}` }));
    expect(recipeHash({ ...recipe, arms, title: 'A title' })).toBe(hash);
    expect(sameQuestion({ ...recipe, arms, title: 'A title' }, recipe)).toBe(true);
  });

  it('ignores whether defaults are written out', () => {
    expect(recipeHash({ ...recipe, dispatch: 'parallel' })).toBe(hash);
    expect(recipeHash(aRecipe({ arms: [{ set: {} }] }))).toBe(recipeHash(aRecipe()));
  });

  it('ignores whether a provider is set for the whole or for each arm', () => {
    const arms = recipe.arms?.map((arm) => ({ ...arm, provider: recipe.provider }));
    expect(recipeHash({ ...recipe, arms })).toBe(hash);
    expect(recipeHash({ ...recipe, provider: 'openai', arms })).toBe(hash);
  });

  it('is the same for a null seed and for none', () => {
    expect(recipeHash(aRecipe({ request: aRequest({ seed: null }) }))).toBe(recipeHash(aRecipe()));
  });

  it.each([
    ['the seed', { ...recipe, request: { ...recipe.request, seed: 75 } }],
    ['no seed', { ...recipe, request: { ...recipe.request, seed: null } }],
    ['a parameter', { ...recipe, request: { ...recipe.request, top_p: 1 } }],
    [
      'the prompt',
      { ...recipe, request: aRequest({ ...recipe.request, messages: [{ role: 'user', content: 'hi' }] }) },
    ],
    ['the model', { ...recipe, request: { ...recipe.request, model: 'other' } }],
    ['the provider', { ...recipe, provider: 'openai' }],
    [
      'the provider of an arm',
      { ...recipe, arms: recipe.arms?.map((arm, at) => (at ? arm : { ...arm, provider: 'x' })) },
    ],
    ['the order of the arms', { ...recipe, arms: recipe.arms?.toReversed() }],
    ['the repeats', { ...recipe, repeats: 4 }],
    ['the dispatch', { ...recipe, dispatch: 'sequential' as const }],
  ])('depends on %s', (_, other) => {
    expect(recipeHash(other)).not.toBe(hash);
    expect(sameQuestion(other, recipe)).toBe(false);
  });

  it('differs for prompts that differ in half a surrogate pair', () => {
    const asking = (content: string) =>
      recipeHash(aRecipe({ request: aRequest({ messages: [{ role: 'user', content }] }) }));
    expect(asking('\ud83d')).not.toBe(asking('\ud83e'));
  });
});
