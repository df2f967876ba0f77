import { afterEach, describe, expect, it, vi } from 'vitest';
import type { Capability } from '@/lib/run/capability';
import { anEndpoint, aProblem, aRecipe, aRequest, ended, failed } from '@/lib/run/records.fixture';
import { Capabilities } from './capabilities';
import { scriptedRecipe, settle } from './scripted-provider.fixture';
import { begin, finish, freshServices, newVisitor, request } from './services.fixture';
import { listModels } from './status';

const server = 'http://127.0.0.1:8281/v1';
const recipe = aRecipe({ provider: 'stub', request: aRequest({ model: 'm', seed: 7, temperature: 0.2 }) });
const taken = ended(1, 'x', { model: 'm', endpoint: anEndpoint });
const refused = {
  ...failed(1, 'bad_request'),
  ...{ model: 'm', endpoint: anEndpoint, error: { ...aProblem('bad_request'), param: 'temperature' } },
};

/** A store in memory, as several instances share one. */
function shared() {
  const rows = new Map<string, Capability>();
  const learn = vi.fn(async (_: string, seen: readonly Capability[]) => {
    for (const each of seen) rows.set(`${each.model} ${each.parameter}`, each);
  });
  return { rows, learn, capabilities: vi.fn(async (_: string) => [...rows.values()]) };
}

const stateOf = async (capabilities: Capabilities, parameter: string) =>
  (await capabilities.of(server)).find((each) => each.parameter === parameter)?.state;

afterEach(() => void vi.useRealTimers());

describe('what is learned from runs', () => {
  it('is written once, however many runs agree, and when it changes', async () => {
    const store = shared();
    const capabilities = new Capabilities(store);
    for (let run = 0; run < 1000; run++) capabilities.learn(recipe, taken);
    await settle();
    expect(store.learn).not.toHaveBeenCalled();
    await capabilities.flush();
    expect(store.learn).toHaveBeenCalledTimes(1);
    expect(store.capabilities).toHaveBeenCalledTimes(1);
    expect([...store.rows.keys()]).toEqual(['m seed', 'm stream', 'm system_fingerprint', 'm temperature']);
    capabilities.learn(recipe, taken);
    await capabilities.flush();
    expect(store.learn).toHaveBeenCalledTimes(1);
    capabilities.learn(recipe, refused);
    await settle();
    await capabilities.flush();
    expect(store.learn.mock.lastCall?.[1]).toMatchObject([
      { parameter: 'temperature', state: 'refused', value: '0.2', before: { state: 'accepted' } },
    ]);
  });

  it('is written a second later by itself', async () => {
    vi.useFakeTimers();
    const store = shared();
    new Capabilities(store).learn(recipe, taken);
    await vi.advanceTimersByTimeAsync(1000);
    expect(store.learn).toHaveBeenCalledTimes(1);
  });

  it('is what all instances that share a store know', async () => {
    let now = 1;
    const store = shared();
    const [one, other] = [new Capabilities(store, () => now), new Capabilities(store, () => now)];
    one.learn(recipe, taken);
    await settle();
    await one.flush();
    expect(await stateOf(other, 'temperature')).toBe('accepted');
    now += 20_000;
    one.learn(recipe, refused);
    await settle();
    await one.flush();
    now += 20_000;
    expect(await stateOf(other, 'temperature')).toBe('refused');
    other.learn(recipe, taken);
    await settle();
    await other.flush();
    now += 20_000;
    expect(await one.of(server)).toEqual(await other.of(server));
    expect(await stateOf(one, 'temperature')).toBe('accepted');
  });

  it('is nothing of a model inside this server, of a run that was never sent, or of one with a visitor’s own key', async () => {
    const store = shared();
    const capabilities = new Capabilities(store);
    capabilities.learn(recipe, { ...taken, endpoint: null });
    capabilities.learn(recipe, ended(1, 'x'));
    capabilities.learn(recipe, { ...taken, key: 'visitor' });
    await settle();
    await capabilities.flush();
    expect(store.capabilities).not.toHaveBeenCalled();
    expect(store.learn).not.toHaveBeenCalled();
  });

  it('stays known here while the store fails', async () => {
    const store = shared();
    store.learn.mockRejectedValue(new Error('full'));
    store.capabilities.mockRejectedValue(new Error('gone'));
    const capabilities = new Capabilities(store);
    capabilities.learn(recipe, taken);
    await settle();
    await capabilities.flush();
    expect(await stateOf(capabilities, 'seed')).toBe('accepted');
  });
});

const rig = freshServices();
const anna = newVisitor();

describe('GET /api/models', () => {
  const seen = async () => {
    const { providers } = await (await listModels(request('GET', '/api/models'))).json();
    return providers.find(({ id }: { id: string }) => id === 'scripted').capabilities;
  };

  it('has what was seen of models in experiments, with its day', async () => {
    rig.scripted.endpoint = anEndpoint;
    await finish(rig, anna, ['one', 'two']);
    await settle();
    expect(await seen()).toContainEqual({
      ...{ model: 'scripted-a', parameter: 'seed', state: 'accepted', value: null, before: null },
      at: expect.stringMatching(/^\d{4}-\d\d-\d\dT/),
    });
    await rig.hub.stopAll();
    await rig.restart();
    rig.scripted.endpoint = anEndpoint;
    expect((await seen()).length).toBeGreaterThan(0);
  });

  it('is not kept waiting by a store that fails, nor is a run', async () => {
    rig.scripted.endpoint = anEndpoint;
    vi.spyOn(rig.store, 'capabilities').mockRejectedValue(new Error('gone'));
    vi.spyOn(rig.store, 'learn').mockReturnValue(new Promise(() => {}));
    const { events } = await begin(scriptedRecipe(1), anna);
    rig.scripted.end(1);
    for await (const _ of events);
    expect((await listModels(request('GET', '/api/models'))).status).toBe(200);
  });
});
