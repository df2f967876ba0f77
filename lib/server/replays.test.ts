import { describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { endpoints } from '@/lib/api/addresses';
import { recipeHash } from '@/lib/recipe/hash';
import type { Recipe } from '@/lib/recipe/recipe';
import { endedWith } from '@/lib/run/records.fixture';
import { addressHeader } from './address';
import { listReplays } from './replays';
import { anna, bob, replays, share } from './requests.fixture';
import { scriptedRecipe } from './scripted-provider.fixture';
import { services } from './services';
import { anExperiment, freshServices, request, type Visitor } from './services.fixture';
import { newToken } from './visitor';

const rig = freshServices();

describe('GET /api/experiments/{id}/replays', () => {
  const Answer = z.object({
    drift: z.object({ rows: z.array(z.object({ id: z.string() })), sentence: z.string() }).nullable(),
  });
  const rows = async (id: string, as: Visitor | null = anna) =>
    Answer.parse(await (await replays(id, as)).json()).drift?.rows.map((row) => row.id) ?? null;

  const recipe = scriptedRecipe(1);
  async function make(name: string, as: Visitor, createdAt: number, change: { parent?: string; recipe?: Recipe } = {}) {
    const hash = recipeHash(change.recipe ?? recipe);
    const experiment = anExperiment(name, { owner: as.owner, recipe, recipeHash: hash, createdAt, ...change });
    await rig.store.create(experiment, endedWith(name));
    return experiment.id;
  }

  it('lists the caller’s own experiments with that recipe, oldest first', async () => {
    const second = await make('second', anna, 2000);
    const first = await make('first', anna, 1000);
    await make('other recipe', anna, 1500, { recipe: scriptedRecipe(2) });
    await make('of bob', bob, 1500);
    expect(await rows(first)).toEqual([first, second]);
    expect(await rows(second)).toEqual([first, second]);
  });

  it('gives null for the only one', async () => {
    expect(await rows(await make('only', anna, 1000))).toBeNull();
  });

  it('includes a shared parent of somebody else’s, and no private one', async () => {
    const parent = await make('parent', bob, 1000);
    const id = await make('mine', anna, 2000, { parent });
    expect(await rows(id)).toBeNull();
    await share(parent, null, bob);
    expect(await rows(id)).toEqual([parent, id]);
    expect(await rows(parent, anna)).toEqual([parent, id]);
    expect(await rows(parent, null)).toBeNull();
  });

  it('compares in the turn of whoever asks, who is no other for each cookie that they make up', async () => {
    const parent = await make('shared', bob, 1000);
    const id = await make('replay', bob, 2000, { parent });
    for (const each of [parent, id]) await share(each, null, bob);
    const work = vi.spyOn(services().aside, 'do');
    for (const token of [newToken(), newToken()]) {
      const headers = { cookie: `seedbed_visitor=${token}`, [addressHeader]: '192.0.2.1' };
      await listReplays(request('GET', endpoints.replays(id), { headers }), id);
    }
    expect(work.mock.calls.map(([{ visitor }]) => visitor)).toEqual(['192.0.2.1', '192.0.2.1']);
  });

  it('lists at most the newest 50, and the one that was asked about', async () => {
    const all: string[] = [];
    for (let at = 0; at < 60; at++) all.push(await make(`number-${at}`, anna, 1000 + at));
    expect(await rows(all[59] ?? '')).toEqual(all.slice(10));
    expect(await rows(all[3] ?? '')).toEqual([all[3], ...all.slice(10)]);
  });
});
