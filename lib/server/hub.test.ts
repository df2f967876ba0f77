import { describe, expect, it, vi } from 'vitest';
import { Hub } from './hub';
import type { LiveExperiment } from './live-experiment';
import { ScriptedProvider, scriptedRecipe } from './scripted-provider.fixture';

function started(hub: Hub, provider: ScriptedProvider): LiveExperiment {
  const start = hub.start(scriptedRecipe(1), provider, undefined);
  if (!start.ok) throw new Error(start.problem.message);
  return start.value;
}

async function ended(hub: Hub): Promise<LiveExperiment> {
  const provider = new ScriptedProvider();
  provider.end(1);
  const live = started(hub, provider);
  await vi.waitFor(() => expect(live.running).toBe(false), { interval: 1 });
  return live;
}

describe('Hub', () => {
  it('runs an experiment under an id that cannot be guessed, and finds it by that', () => {
    const hub = new Hub(0);
    const all = Array.from({ length: 20 }, () => started(hub, new ScriptedProvider()));
    const ids = all.map(({ experiment }) => experiment.id);
    for (const id of ids) expect(id).toMatch(/^[\w-]{22}$/);
    expect(new Set(ids).size).toBe(20);
    expect(ids.map((id) => hub.get(id))).toEqual(all);
    expect(all.every(({ running }) => running)).toBe(true);
  });

  it.each(['', 'nothing', '__proto__', 'constructor'])('knows no experiment %j', (id) => {
    expect(new Hub(0).get(id)).toBeUndefined();
  });

  it('passes pace and parameters on', () => {
    const provider = new ScriptedProvider();
    new Hub(0).start(scriptedRecipe(1), provider, 20);
    expect(provider.calls).toMatchObject([{ pace: 20, request: scriptedRecipe(1).request, spec: { run: 1 } }]);
  });

  it('refuses more than 40 at once, until one of them is over', async () => {
    const hub = new Hub(0);
    const providers = Array.from({ length: 40 }, () => new ScriptedProvider());
    const all = providers.map((provider) => started(hub, provider));
    const oneMore = new ScriptedProvider();
    expect(hub.start(scriptedRecipe(1), oneMore, undefined)).toMatchObject({
      ok: false,
      problem: { status: 503, code: 'busy' },
    });
    expect(oneMore.calls).toEqual([]);
    providers[7]?.end(1);
    await vi.waitFor(() => expect(all[7]?.running).toBe(false));
    expect(started(hub, oneMore).running).toBe(true);
  });

  it('remembers 200 and forgets the oldest that is over, never one that runs', async () => {
    const hub = new Hub(0);
    const going = started(hub, new ScriptedProvider());
    const done: LiveExperiment[] = [];
    while (done.length < 201) done.push(await ended(hub));
    const known = done.map(({ experiment }) => hub.get(experiment.id) !== undefined);
    expect(known.slice(0, 3)).toEqual([false, false, true]);
    expect(known.filter(Boolean).length).toBe(199);
    expect(hub.get(going.experiment.id)).toBe(going);
  });

  it('stops everything when the process is about to end', async () => {
    const hub = new Hub(10_000);
    const all = [1, 2, 3].map(() => started(hub, new ScriptedProvider()));
    hub.stopAll();
    await vi.waitFor(() => expect(all.some(({ running }) => running)).toBe(false));
    for (const { experiment } of all) expect(experiment.runs).toMatchObject([{ status: 'ended', finish: 'aborted' }]);
  });

  it('gives each experiment its time of grace', async () => {
    const live = started(new Hub(0), new ScriptedProvider());
    const reader = live.read(0, new AbortController().signal);
    await reader.next();
    await reader.return(undefined);
    await vi.waitFor(() => expect(live.running).toBe(false));
  });
});
