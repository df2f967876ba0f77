import { describe, expect, it } from 'vitest';
import { sideBySide } from '@/lib/compare/side-by-side';
import { plan } from '@/lib/recipe/plan';
import type { Recipe } from '@/lib/recipe/recipe';
import type { EndedRun } from '@/lib/run/record';
import { aRecipe, aRequest, aSaved, ended } from '@/lib/run/records.fixture';
import { builtIn } from './providers';
import { isExact } from './select';
import { openSession } from './session';

const seeded = aRecipe({ request: aRequest({ seed: 7 }), repeats: 3 });

const runsOf = (recipe: Recipe, change: Partial<EndedRun> = {}): EndedRun[] =>
  plan(recipe).map((spec) => ended(spec.run, 'the cat', { ...spec, fingerprints: ['seedling-fp'], ...change }));

/** Whether runs of a recipe are called exact, on the page of their permalink. */
function exact(recipe: Recipe, runs = runsOf(recipe), origin: 'run' | 'import' = 'run'): boolean {
  const { runs: _, recipe: __, ...head } = aSaved({ origin });
  const experiment = { id: head.id, recipe, runs, running: false };
  const view = sideBySide(experiment, { baseline: 'common' });
  const saved = { ...head, own: true };
  return isExact(openSession({ kind: 'saved', experiment, view, saved, parent: null, drift: null }, builtIn));
}

describe('runs that could only come out equal', () => {
  it('are those of one request with one seed, which an exact model answered here', () => {
    expect(exact(seeded)).toBe(true);
  });

  it('are never imported, whatever they say of themselves', () => {
    expect(exact(seeded, runsOf(seeded), 'import')).toBe(false);
  });

  it('are never without a seed, of several seeds, or of several settings', () => {
    expect(exact(aRecipe({ repeats: 3 }))).toBe(false);
    const seeds = aRecipe({ arms: [{ set: { seed: 1 } }, { set: { seed: 2 } }], repeats: 1 });
    expect(exact(seeds)).toBe(false);
    expect(exact({ ...seeded, arms: [{ set: {} }, { set: { temperature: 1 } }], repeats: 1 })).toBe(false);
  });

  it('are never of another model, or of two builds', () => {
    const fleet = aRecipe({ request: aRequest({ model: 'seedling-1-fleet', seed: 7 }), repeats: 3 });
    expect(exact(fleet)).toBe(false);
    expect(exact({ ...seeded, provider: 'openai' })).toBe(false);
    const [first, ...others] = runsOf(seeded);
    expect(exact(seeded, [ended(1, 'the cat', { ...first, fingerprints: ['another'] }), ...others])).toBe(false);
    expect(exact(seeded, runsOf(seeded, { fingerprints: [] }))).toBe(false);
  });

  it('are none where none ended', () => {
    expect(exact(seeded, [])).toBe(false);
  });
});
