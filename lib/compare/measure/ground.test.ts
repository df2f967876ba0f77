import { describe, expect, it } from 'vitest';
import { plan } from '@/lib/recipe/plan';
import { importedProvider, type Recipe } from '@/lib/recipe/recipe';
import { aRecipe, aRequest, ended } from '@/lib/run/records.fixture';
import { areAlike, groundOf } from './ground';

/** What runs of a recipe stand on, which gave these texts. */
const ground = (change: Partial<Recipe>, ...texts: string[]) => {
  const recipe = aRecipe(change);
  return groundOf(
    recipe,
    plan(recipe).map((spec, index) => ended(spec.run, texts[index] ?? 'x', spec)),
  );
};
const request = (change: Parameters<typeof aRequest>[0]) => ({ request: aRequest(change) });
const arms = (...set: NonNullable<Recipe['arms']>[number]['set'][]) => ({ arms: set.map((each) => ({ set: each })) });

describe('what runs stand on', () => {
  it('is one seed, if one request was sent with it', () => {
    expect(ground({ ...request({ seed: 7 }), repeats: 3 })).toEqual({
      kind: 'one-seed',
      seed: 7,
      drawsAnew: false,
      greedy: false,
      served: [{ model: 'seedling-1', runs: [1, 2, 3] }],
    });
    expect(ground({ ...request({ seed: 0 }), repeats: 2 })).toMatchObject({ kind: 'one-seed', seed: 0 });
    expect(ground({ ...request({ seed: 7 }), ...arms({ seed: 7 }, {}), repeats: 1 })).toMatchObject({
      kind: 'one-seed',
    });
  });

  it.each([
    [-1, true],
    [4294967295, true],
    [9007199254740991, true],
    [0, false],
    [4294967294, false],
  ])('with seed %i is one that some servers draw anew: %s', (seed, drawsAnew) => {
    expect(ground(request({ seed }))).toMatchObject({ drawsAnew });
  });

  it('has such a seed where any run sent one', () => {
    expect(ground({ ...arms({ seed: 1 }, { seed: -1 }), repeats: 2 })).toMatchObject({
      kind: 'several-seeds',
      drawsAnew: true,
    });
    expect(ground({ ...arms({ seed: -1 }, {}), repeats: 2 })).toMatchObject({ kind: 'some-seeds', drawsAnew: true });
    const hot = { ...request({ seed: -1 }), ...arms({ temperature: 0 }, { temperature: 1 }), repeats: 2 };
    expect(ground(hot)).toMatchObject({ kind: 'several-settings', drawsAnew: true });
  });

  it('is no seed, if none was sent', () => {
    expect(ground({ ...request({ temperature: 1 }), repeats: 2 })).toEqual({
      kind: 'no-seed',
      greedy: false,
      extra: false,
    });
    expect(ground({ ...request({ seed: null, temperature: 0 }), repeats: 2 })).toEqual({
      kind: 'no-seed',
      greedy: true,
      extra: false,
    });
    expect(ground({ ...request({ top_p: 0 }), repeats: 2 })).toEqual({ kind: 'no-seed', greedy: true, extra: false });
  });

  it('is no seed of ours, if the extra body has one by another name', () => {
    for (const extra_body of [{ random_seed: 7 }, { options: { seed: 7 } }])
      expect(ground({ ...request({ extra_body }), repeats: 2 })).toMatchObject({ kind: 'no-seed', extra: true });
    const hot = { ...request({ extra_body: { random_seed: 7 } }), ...arms({ temperature: 0.5 }, { temperature: 1 }) };
    expect(ground({ ...hot, repeats: 2 }, 'x', 'x', 'y', 'z')).toMatchObject({
      seeded: true,
      repeated: { requests: 2, agreeing: 1 },
    });
  });

  it('is several seeds, and how far those that were sent again agree', () => {
    expect(ground({ ...arms({ seed: 1 }, { seed: 2 }, { seed: 3 }), repeats: 1 })).toEqual({
      kind: 'several-seeds',
      seeds: 3,
      drawsAnew: false,
      greedy: false,
      repeated: { requests: 0, agreeing: 0 },
    });
    const twice = { ...arms({ seed: 1 }, { seed: 2 }), repeats: 2 };
    expect(ground(twice, 'x', 'x', 'y', 'z')).toMatchObject({ seeds: 2, repeated: { requests: 2, agreeing: 1 } });
  });

  it('is a seed in some runs only', () => {
    expect(ground({ ...arms({ seed: 1 }, { seed: null }), repeats: 2 })).toEqual({
      kind: 'some-seeds',
      seeded: [1, 2],
      unseeded: [3, 4],
      drawsAnew: false,
      greedy: false,
      repeated: { requests: 1, agreeing: 1 },
    });
    const parting = { ...arms({ seed: 1 }, { seed: null }), repeats: 2 };
    expect(ground(parting, 'x', 'y', 'z', 'z')).toMatchObject({ repeated: { requests: 1, agreeing: 0 } });
  });

  it('is several settings if providers differ, though their requests do not', () => {
    const both = { ...request({ seed: 1 }), arms: [{ set: {} }, { provider: 'other', set: {} }], repeats: 2 };
    expect(ground(both, 'x', 'x', 'y', 'z')).toEqual({
      ...{
        kind: 'several-settings',
        settings: ['provider'],
        seeded: true,
        drawsAnew: false,
        models: [],
        address: null,
      },
      repeated: { requests: 2, agreeing: 1 },
    });
    const same = { ...request({ seed: 1 }), arms: [{ set: {} }, { provider: 'seedling', set: {} }] };
    expect(ground(same)).toMatchObject({ kind: 'one-seed' });
  });

  it('has the address of several providers, if it was recorded of all and is one', () => {
    const recipe = aRecipe({ arms: [{ set: {} }, { provider: 'other', set: {} }], repeats: 1 });
    const sentTo = (...origins: (string | undefined)[]) =>
      groundOf(
        recipe,
        plan(recipe).map((spec, at) => {
          const origin = origins[at];
          return ended(spec.run, 'x', {
            ...spec,
            endpoint: origin === undefined ? undefined : { origin, path: '/v1' },
          });
        }),
      );
    expect(sentTo('http://a', 'http://a')).toMatchObject({ address: 'http://a/v1' });
    expect(sentTo('http://a', 'http://b')).toMatchObject({ address: null });
    expect(sentTo('http://a', undefined)).toMatchObject({ address: null });
  });

  it('is several settings, named, whatever the seeds', () => {
    const hot = { ...request({ seed: 1 }), ...arms({ temperature: 0 }, { temperature: 1 }), repeats: 2 };
    expect(ground(hot, 'x', 'x', 'y', 'z')).toEqual({
      kind: 'several-settings',
      settings: ['temperature'],
      seeded: true,
      drawsAnew: false,
      repeated: { requests: 2, agreeing: 1 },
      models: [],
      address: null,
    });
    expect(ground({ ...arms({ temperature: 0 }, { top_p: 0.5, seed: 2 }), repeats: 1 })).toMatchObject({
      settings: ['temperature', 'top_p', 'seed'],
    });
    const unseeded = { ...arms({ temperature: 0.5 }, { temperature: 1 }), repeats: 2 };
    expect(ground(unseeded)).toMatchObject({ seeded: false, repeated: { requests: 0, agreeing: 0 } });
  });

  it('counts a request as repeated without a seed where nothing is drawn', () => {
    const cold = { ...arms({ temperature: 0 }, { temperature: 1 }), repeats: 2 };
    expect(ground(cold, 'x', 'y', 'z', 'z')).toMatchObject({ repeated: { requests: 1, agreeing: 0 } });
  });

  it('names the models that were asked for and those that answered, where several were asked for', () => {
    const recipe = aRecipe({ ...arms({ model: 'a' }, { model: 'b' }), repeats: 1 });
    const runs = plan(recipe).map((spec) => ended(spec.run, 'x', { ...spec, servedModel: 'a' }));
    expect(groundOf(recipe, runs)).toMatchObject({
      models: [
        { asked: 'a', answered: ['a'], runs: [1] },
        { asked: 'b', answered: ['a'], runs: [2] },
      ],
    });
  });

  it('looks only at the runs that are compared', () => {
    const recipe = aRecipe({ ...request({ seed: 1 }), ...arms({}, { temperature: 1 }), repeats: 2 });
    expect(groundOf(recipe, [ended(1, 'x', { arm: 0 }), ended(2, 'x', { arm: 0 })])).toMatchObject({
      kind: 'one-seed',
    });
    expect(groundOf(recipe, [])).toEqual({ kind: 'none' });
  });

  it('is not known of texts that were brought without their request', () => {
    expect(ground({ provider: importedProvider, repeats: 2 })).toEqual({ kind: 'unknown' });
  });

  it('makes runs alike unless they were asked different things, or some without a seed', () => {
    expect(areAlike({ kind: 'one-seed', seed: 1, drawsAnew: false, greedy: false, served: [] })).toBe(true);
    expect(areAlike(ground({ ...arms({ seed: 1 }, { seed: 2 }), repeats: 1 }))).toBe(true);
    expect(areAlike(ground({ ...arms({ seed: 1 }, {}), repeats: 1 }))).toBe(false);
    expect(areAlike(ground({ ...arms({ top_p: 1 }, { top_p: 0.5 }), repeats: 1 }))).toBe(false);
  });
});
