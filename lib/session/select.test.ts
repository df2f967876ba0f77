import { describe, expect, it } from 'vitest';
import { sideBySide } from '@/lib/compare/side-by-side';
import { defined } from '@/lib/defined';
import { plan } from '@/lib/recipe/plan';
import type { Recipe } from '@/lib/recipe/recipe';
import type { EndedRun } from '@/lib/run/record';
import { anEndpoint, aRecipe, aRequest, aSaved, ended } from '@/lib/run/records.fixture';
import { builtIn } from './providers';
import { reduce } from './reduce';
import { beyondRanges, changedControls, estimateOf, hasMoved, isExact } from './select';
import { openSession, type Session } from './session';

const seeded = aRecipe({ request: aRequest({ seed: 7 }), repeats: 3 });

const runsOf = (recipe: Recipe, change: Partial<EndedRun> = {}): EndedRun[] =>
  plan(recipe).map((spec) => ended(spec.run, 'the cat', { ...spec, fingerprints: ['seedling-fp'], ...change }));

/** The page of a permalink. */
function opened(recipe: Recipe, runs: EndedRun[], origin: 'run' | 'import', providers = builtIn): Session {
  const { runs: _, recipe: __, ...head } = aSaved({ origin });
  const experiment = { id: head.id, recipe, runs, running: false };
  const view = sideBySide(experiment, { baseline: 'common' });
  const saved = { ...head, own: true };
  return openSession({ kind: 'saved', experiment, view, saved, parent: null, drift: null }, providers);
}

/** Whether runs of a recipe are called exact. */
const exact = (recipe: Recipe, runs = runsOf(recipe), origin: 'run' | 'import' = 'run'): boolean =>
  isExact(opened(recipe, runs, origin));

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

describe('what pressing Run would ask for', () => {
  it('is counted in the recipe that was opened, until something is changed: then in the form', () => {
    const arms = [{ set: {} }, { provider: 'other', set: {} }];
    const session = opened(aRecipe({ arms, repeats: 2 }), [], 'run');
    expect(estimateOf(session)).toMatchObject({ calls: 4 });
    const { session: changed } = reduce(session, { kind: 'edited', part: { runs: '3' } });
    expect(estimateOf(changed)).toMatchObject({ calls: 3 });
  });
});

describe('what the form asks for beyond what its provider is known to take', () => {
  const range = ['-1', 4294967295] as const;
  const ranges = { seed: range, temperature: [0, 2] as const };
  const providers = [{ ...defined(builtIn[0]), name: 'Mine', ranges }];
  const beyond = (recipe: Recipe) => beyondRanges(opened(recipe, [], 'run', providers));

  it('is nothing within the ranges, and nothing where none is known', () => {
    expect(beyond(aRecipe({ request: aRequest({ seed: 4294967295, temperature: 2, top_p: 0.1 }) }))).toEqual([]);
    expect(beyondRanges(opened(aRecipe({ request: aRequest({ temperature: 90 }) }), [], 'run'))).toEqual([]);
  });

  it('is named once for each provider, wherever it varies', () => {
    const arms = [2, 3, 4].map((temperature) => ({ set: { temperature } }));
    expect(beyond(aRecipe({ request: aRequest({ seed: '9007199254740993' }), arms }))).toEqual([
      { key: 'seed', provider: 'Mine', range },
      { key: 'temperature', provider: 'Mine', range: [0, 2] },
    ]);
  });
});

describe('runs whose provider has moved', () => {
  const elsewhere = { ...anEndpoint, origin: 'http://127.0.0.1:8282' };
  const moved = (now: typeof anEndpoint | null, change: Partial<EndedRun>, origin: 'run' | 'import' = 'run') => {
    const providers = builtIn.map((provider) => ({ ...provider, endpoint: now }));
    return hasMoved(opened(seeded, runsOf(seeded, change), origin, providers));
  };

  it('were sent to another address than its calls go to now', () => {
    expect(moved(elsewhere, { endpoint: anEndpoint })).toBe(true);
    expect(moved(anEndpoint, { endpoint: anEndpoint })).toBe(false);
  });

  it('are not known where no address was recorded, or nothing left this server', () => {
    expect([moved(elsewhere, {}), moved(elsewhere, { endpoint: null }), moved(null, {})]).toEqual(Array(3).fill(false));
  });

  it('are never imported: those were not sent from here', () => {
    expect(moved(elsewhere, { endpoint: anEndpoint }, 'import')).toBe(false);
  });
});

describe('what the form asks for anew', () => {
  const opened = () => {
    const runs = runsOf(seeded);
    const experiment = { id: '', recipe: seeded, runs, running: false };
    return openSession({ kind: 'example', experiment, view: sideBySide(experiment, { baseline: 'common' }) }, builtIn);
  };
  const changed = (part: Parameters<typeof changeOf>[0]) => [...changedControls(changeOf(part))];
  const changeOf = (part: Extract<Parameters<typeof reduce>[1], { kind: 'edited' }>['part']) =>
    reduce(opened(), { kind: 'edited', part }).session;

  it('is nothing until a control is changed, and nothing again when it is changed back', () => {
    expect([...changedControls(opened())]).toEqual([]);
    expect(changed({ runs: '3' })).toEqual([]);
  });

  it('is named by control', () => {
    expect(changed({ settings: { temperature: '1', seed: '' } })).toEqual(['seed', 'temperature']);
    expect(changed({ provider: 'openai' })).toEqual(['model']);
    expect(changed({ runs: '4' })).toEqual(['runs']);
    expect(changed({ vary: 'seed' })).toEqual(['vary']);
    expect(changed({ values: '1, 2' })).toEqual(['vary']);
    expect(changed({ other: { top_p: '0.5' } })).toEqual(['vary']);
    expect(changed({ dispatch: 'sequential' })).toEqual(['dispatch']);
  });

  it('is nothing where nothing has run', () => {
    const experiment = { id: '', recipe: seeded, runs: [], running: false };
    const session = openSession(
      { kind: 'example', experiment, view: sideBySide(experiment, { baseline: 'common' }) },
      builtIn,
    );
    expect([...changedControls(reduce(session, { kind: 'edited', part: { runs: '9' } }).session)]).toEqual([]);
  });
});
