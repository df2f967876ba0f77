import { describe, expect, it } from 'vitest';
import { aRecipe, aRequest } from '@/lib/run/records.fixture';
import { allAskedOf, askedOf } from './asked';
import { importedProvider } from './recipe';

describe('what a recipe asks for, in short', () => {
  it('is its model, its seed and its temperature where nothing varies', () => {
    const request = aRequest({ model: 'm', seed: 0, temperature: 0.2, top_p: 0.5 });
    expect(askedOf(aRecipe({ request, repeats: 4 }))).toEqual({
      models: [{ provider: null, names: ['m'] }],
      settings: [
        { key: 'seed', values: ['0'] },
        { key: 'temperature', values: ['0.2'] },
      ],
      conversations: 1,
      runs: 4,
    });
  });

  it('has the provider, unless it is built in or not known', () => {
    const providers = ['seedling', importedProvider, 'openai'].map(
      (provider) => askedOf(aRecipe({ provider })).models[0]?.provider,
    );
    expect(providers).toEqual([null, null, 'openai']);
  });

  it('has the models of each provider, where arms ask several', () => {
    const arms = [
      { set: { model: 'a' } },
      { provider: 'other', set: { model: 'b' } },
      { set: { model: 'c' } },
      { provider: 'other', set: { model: 'b', seed: 2 } },
    ];
    expect(askedOf(aRecipe({ arms })).models).toEqual([
      { provider: null, names: ['a', 'c'] },
      { provider: 'other', names: ['b'] },
    ]);
  });

  it('has that no seed is sent, and no temperature that is not set', () => {
    expect(askedOf(aRecipe()).settings).toEqual([{ key: 'seed', values: [null] }]);
  });

  it('has every value of what varies, each once, in the order of the arms', () => {
    const arms = [
      { set: { seed: 3, top_p: 1 } },
      { set: { seed: null, model: 'n' } },
      { set: { seed: 3, stop: ['a', 'b'] } },
      { set: { messages: [{ role: 'user' as const, content: 'Else' }] } },
    ];
    expect(askedOf(aRecipe({ arms, repeats: 2 }))).toEqual({
      models: [{ provider: null, names: ['seedling-1', 'n'] }],
      settings: [
        { key: 'seed', values: ['3', null] },
        { key: 'top_p', values: ['1', null] },
        { key: 'stop', values: [null, '["a","b"]'] },
      ],
      conversations: 2,
      runs: 8,
    });
  });

  it('has all that any run has if that is asked for', () => {
    const request = aRequest({ model: 'm', seed: 1, temperature: 0.2, top_p: 0.5, stop: ['a'] });
    expect(allAskedOf(aRecipe({ request, arms: [{ set: {} }, { set: { seed: 2 } }] })).settings).toEqual([
      { key: 'seed', values: ['1', '2'] },
      { key: 'temperature', values: ['0.2'] },
      { key: 'top_p', values: ['0.5'] },
      { key: 'stop', values: ['["a"]'] },
    ]);
  });

  it('leaves out the seed of imported texts if nobody knows it', () => {
    expect(askedOf(aRecipe({ provider: importedProvider })).settings).toEqual([]);
    const known = aRecipe({ provider: importedProvider, request: aRequest({ seed: 5 }) });
    expect(askedOf(known).settings).toEqual([{ key: 'seed', values: ['5'] }]);
  });
});
