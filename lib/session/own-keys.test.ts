import { describe, expect, it } from 'vitest';
import { sideBySide } from '@/lib/compare/side-by-side';
import type { Recipe } from '@/lib/recipe/recipe';
import type { RunRecord } from '@/lib/run/record';
import { aRecipe, aRequest, ended, failed } from '@/lib/run/records.fixture';
import type { Action } from './actions';
import type { Effect } from './effects';
import { boundWhenKeyed, ownKeyProviders } from './own-key-bound';
import { builtIn, type OfferedProvider } from './providers';
import { reduce } from './reduce';
import { openSession, type Session } from './session';

const key = 'sk-proj-4f9aQ2vXw81LmZ';
const other = 'sk-or-v1-77c2Q2vXw81LmZ';

const offer = (id: string, ownKey: OfferedProvider['ownKey']): OfferedProvider => ({
  ...{ id, name: id, about: null, free: false, paced: false, continues: false, ownKey },
  ...{ endpoint: null, complete: false, models: [], listProblem: null, capabilities: [] },
});
const providers = [...builtIn, offer('must', 'must'), offer('may', 'may'), offer('no', 'no')];

const recipeOf = (provider: string, change: Partial<Recipe> = {}): Recipe =>
  aRecipe({ provider, request: aRequest({ model: 'm' }), repeats: 2, ...change });

/** A stored experiment of the visitor's on the screen, and the form filled in from it. */
function open(recipe: Recipe, runs: RunRecord[] = [ended(1, 'a'), ended(2, 'a')]): Session {
  const experiment = { id: 'stored', recipe, runs, running: false };
  const saved = {
    ...{ id: 'stored', title: null, createdAt: '2026-11-27T10:00:00.000Z', sharedAt: null, parent: null },
    ...{ origin: 'run' as const, own: true },
  };
  const view = sideBySide(experiment, { baseline: 'common' });
  return openSession({ kind: 'saved', experiment, view, saved, parent: null, drift: null }, providers);
}

/** What comes of actions, one after the other, and all effects but that of the address. */
function drive(session: Session, ...actions: Action[]) {
  const effects: Effect[] = [];
  for (const action of actions) {
    const step = reduce(session, action);
    session = step.session;
    effects.push(...step.effects.filter(({ kind }) => kind !== 'write-address'));
  }
  return { session, effects };
}

const enter = (provider: string, entered = key): Action => ({
  kind: 'own-key-entered',
  provider,
  key: entered,
  kept: false,
});
const hold = (keys: Record<string, string>): Effect => ({
  kind: 'hold-keys',
  keys: Object.fromEntries(Object.entries(keys).map(([id, each]) => [id, { key: each, kept: false }])),
});
const visitors = (run: number) => ended(run, 'a', { key: 'visitor' });

describe('Run', () => {
  it('asks for a key where there is none, and goes on with it', () => {
    const recipe = recipeOf('must');
    const asked = drive(open(recipe), { kind: 'run-asked' });
    expect(asked.session.keyAsked).toMatchObject({ provider: 'must' });
    expect(asked.effects).toEqual([]);
    const { session, effects } = drive(asked.session, enter('must'));
    expect(session.keyAsked).toBeNull();
    expect(effects).toEqual([
      hold({ must: key }),
      { kind: 'start', recipe, pace: null, parent: null, keys: { must: key } },
    ]);
  });

  it('asks for one after the other where several are wanted, and sends each with what asks its provider', () => {
    const more = offer('also', 'must');
    const recipe = recipeOf('must', {
      arms: [{ set: {} }, { set: {}, provider: 'also' }, { set: {}, provider: 'no' }],
    });
    const session = { ...open(recipe), providers: [...providers, more] };
    const { session: asked } = drive(session, { kind: 'run-asked' }, enter('must'));
    expect(asked.keyAsked).toMatchObject({ provider: 'also' });
    const { effects } = drive(asked, enter('also', other));
    expect(effects).toContainEqual(expect.objectContaining({ kind: 'start', keys: { must: key, also: other } }));
  });

  it('sends no key but those of the providers that are asked', () => {
    const { effects } = drive(open(recipeOf('may')), enter('must'), enter('may', other), { kind: 'run-asked' });
    expect(effects.at(-1)).toMatchObject({ kind: 'start', keys: { may: other } });
    const { effects: without } = drive(open(recipeOf('no')), enter('must'), { kind: 'run-asked' });
    expect(without.at(-1)).not.toHaveProperty('keys');
  });

  it('needs none where this server has one', () => {
    const { session, effects } = drive(open(recipeOf('may')), { kind: 'run-asked' });
    expect(session.keyAsked).toBeNull();
    expect(effects).toEqual([{ kind: 'start', recipe: recipeOf('may'), pace: null, parent: null }]);
  });

  it('is not pressed by a key that was entered without it, nor by a refusal to enter one', () => {
    const asked: Action = { kind: 'own-key-asked', provider: 'must' };
    expect(drive(open(recipeOf('must')), asked, enter('must')).effects).toEqual([hold({ must: key })]);
    const { session } = drive(open(recipeOf('must')), { kind: 'run-asked' }, { kind: 'own-key-declined' });
    expect(session.keyAsked).toBeNull();
    expect(drive(session, enter('must')).effects).toEqual([hold({ must: key })]);
  });

  it('asks again for a key that was forgotten', () => {
    const forget: Action = { kind: 'own-key-forgotten', provider: 'must' };
    const { session, effects } = drive(open(recipeOf('must')), enter('must'), forget, { kind: 'run-asked' });
    expect(effects).toEqual([hold({ must: key }), hold({})]);
    expect(session.ownKeys).toEqual({});
    expect(session.keyAsked).toMatchObject({ provider: 'must' });
  });
});

describe('what was run with a visitor’s key', () => {
  const runs = [visitors(1), failed(2, 'server_error')];

  it.each<[string, Action, object]>([
    ['is replayed', { kind: 'replay-asked' }, { kind: 'start', parent: 'stored' }],
    ['is completed', { kind: 'completion-asked' }, { kind: 'rerun', runs: [2] }],
    ['is retried', { kind: 'retry-asked', run: 2 }, { kind: 'rerun', runs: [2] }],
  ])('%s with one', (_, action, effect) => {
    const { session, effects } = drive(open(recipeOf('may'), runs), action);
    expect(session.keyAsked).toMatchObject({ provider: 'may' });
    expect(effects).toEqual([]);
    expect(drive(session, enter('may')).effects).toContainEqual(
      expect.objectContaining({ ...effect, keys: { may: key } }),
    );
  });

  it('may be run anew without', () => {
    const { session } = drive(open(recipeOf('may'), runs), { kind: 'run-asked' });
    expect(session.keyAsked).toBeNull();
  });
});

it('what will be run with a key is bounded before it is entered', () => {
  const bound = (session: Session, action: Action) => boundWhenKeyed(drive(session, action).session);
  const recipe = recipeOf('may', { request: aRequest({ model: 'm', max_completion_tokens: 9 }) });
  const asked: Action = { kind: 'own-key-asked', provider: 'may' };
  expect(bound(open(recipe), asked)).toMatchObject({ calls: 2, written: 18 });
  const [first, second] = [visitors(1), failed(2, 'server_error')];
  expect(bound(open(recipe, [first, second]), { kind: 'replay-asked' })).toMatchObject({ calls: 2, written: 18 });
  expect(bound(open(recipe, [first, second]), { kind: 'retry-asked', run: 2 })).toBeNull();
  expect(bound(open(recipeOf('must')), { kind: 'run-asked' })).toMatchObject({ calls: 2, written: null });
});

it('a probe asks for a key', () => {
  const { session } = drive(open(recipeOf('must')), { kind: 'probe-asked' });
  expect(session.keyAsked).toMatchObject({ provider: 'must' });
  expect(drive(session, enter('must')).effects).toContainEqual(
    expect.objectContaining({ kind: 'start', keys: { must: key } }),
  );
});

it('keys of this tab are taken in, those that were entered on the page before them', () => {
  const keys = { must: { key: other, kept: true }, may: { key: other, kept: true } };
  const { session } = drive(open(recipeOf('must')), enter('must'), { kind: 'own-keys-held', keys });
  expect(session.ownKeys).toEqual({ must: { key, kept: false }, may: { key: other, kept: true } });
});

it('a key is in nothing of a session but where keys are', () => {
  const { session } = drive(open(recipeOf('must')), enter('must'), { kind: 'run-asked' });
  expect(JSON.stringify({ ...session, ownKeys: null })).not.toContain('4f9a');
});

it('keys are offered for the providers that the form asks', () => {
  const named = (session: Session) => ownKeyProviders(session).map(({ id }) => id);
  expect(named(open(recipeOf('must')))).toEqual(['must']);
  expect(named(open(recipeOf('no')))).toEqual([]);
  const arms = [
    { set: {}, provider: 'may' },
    { set: { seed: 1 }, provider: 'must' },
  ];
  expect(named(open(recipeOf('no', { arms })))).toEqual(['must', 'may']);
});
