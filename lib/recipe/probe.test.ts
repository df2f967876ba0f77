import { describe, expect, it } from 'vitest';
import { plan } from './plan';
import { isProbe, knownAtStart, probeCalls, probeRecipe, withArmsMade } from './probe';
import { parseRecipe } from './schema';

const probe = probeRecipe('openai', 'm');

describe('the recipe of a probe', () => {
  it('is a recipe, with a run for each call that it may make', () => {
    expect(parseRecipe(probe)).toEqual({ ok: true, value: probe });
    expect(plan(probe)).toHaveLength(2 * probeCalls.length);
  });

  it('says of each call what it sets', () => {
    const labels = probe.arms?.slice(0, probeCalls.length).map(({ label }) => label);
    expect(new Set(labels)).toEqual(
      new Set([
        ...['seed 7', 'seed 8', 'seed 9', 'no seed', 'no seed, top logprobs 20', 'no seed, top logprobs 5'],
        ...['seed 7, T 0', 'seed 7, top-p 0.01', 'no seed, T 0', 'no seed, top-p 0.01'],
      ]),
    );
    expect(probe.arms?.[probeCalls.length]).toEqual({ label: 'seed 7, max_tokens', set: { seed: 7, max_tokens: 100 } });
  });

  it('is known by what it asks, whatever it is called', () => {
    expect(isProbe({ ...probe, title: 'Mine' })).toBe(true);
    expect(isProbe({ ...probe, repeats: 2 })).toBe(false);
    expect(isProbe({ ...probe, request: { ...probe.request, temperature: 1 } })).toBe(false);
    expect(isProbe({ ...probe, arms: probe.arms?.slice(1) })).toBe(false);
  });

  it('names no runs before they are made, unlike others', () => {
    expect(knownAtStart(probe)).toEqual([]);
    expect(knownAtStart({ ...probe, repeats: 2 })).toHaveLength(4 * probeCalls.length);
  });

  it('is short where what it made is repeated', () => {
    const made = withArmsMade(probe, [{ arm: 0 }, { arm: 6 }]);
    expect(made.arms?.map(({ label }) => label)).toEqual(['seed 7', 'seed 8']);
    const other = { ...probe, repeats: 2 };
    expect(withArmsMade(other, [{ arm: 0 }])).toBe(other);
    expect(withArmsMade(probe, [])).toBe(probe);
  });
});
