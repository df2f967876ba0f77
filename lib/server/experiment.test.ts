import { parse } from 'valibot';
import { describe, expect, it, vi } from 'vitest';
import { endpoints } from '@/lib/api/addresses';
import { OwnResponse } from '@/lib/api/experiment';
import { toComparison } from '@/lib/export/comparison';
import { recipeHash } from '@/lib/recipe/hash';
import { anEndpoint, endedWith } from '@/lib/run/records.fixture';
import { StoreError } from '@/lib/store/store';
import { exactFingerprint } from './endpoint.fixture';
import { deleteExperiment, renameExperiment } from './experiment';
import { startExperiment } from './experiments';
import { Hub } from './hub';
import {
  anna,
  bob,
  get,
  haiku,
  listed,
  own,
  preview,
  remove,
  rename,
  replays,
  share,
  shown,
  tokenOf,
} from './requests.fixture';
import { ScriptedProvider, scriptedRecipe, settle } from './scripted-provider.fixture';
import {
  anExperiment,
  begin,
  eventsOf,
  finish,
  folded,
  freshServices,
  refusalOf,
  request,
  type Visitor,
} from './services.fixture';
import { hashToken, newToken } from './visitor';

const rig = freshServices();

describe('GET /api/experiments/{id}', () => {
  it('gives what was asked, what happened, and how it compares', async () => {
    const started = await startExperiment(request('POST', '/api/experiments', { as: anna, body: haiku }));
    const { id, runs, recipe } = folded(await eventsOf(started));
    const response = await get(id);
    expect(response.status).toBe(200);
    expect(response.headers.get('cache-control')).toBe('no-store');
    const stored = await rig.store.find(id);
    expect(await response.json()).toEqual({
      id,
      title: null,
      createdAt: new Date(stored?.createdAt ?? 0).toISOString(),
      sharedAt: null,
      parent: null,
      origin: 'run',
      own: true,
      recipe: haiku,
      recipeHash: recipeHash(haiku),
      runs,
      comparison: toComparison(recipe, runs),
      probe: null,
      replay: null,
    });
    expect(toComparison(recipe, runs)).toMatchObject({
      texts: 1,
      fingerprints: [{ value: exactFingerprint(rig.endpoint), runs: [1, 2, 3, 4, 5] }],
      compared: 5,
    });
  });

  it('gives the same after a restart', async () => {
    const id = await finish(rig, anna, ['one', 'NUL \0, half \ud83d']);
    const before = await (await get(id)).json();
    await rig.restart();
    expect(rig.hub.get(id)).toBeUndefined();
    expect(await (await get(id)).json()).toEqual(before);
  });

  it('can be asked while runs go on', async () => {
    const { id } = await begin(scriptedRecipe(2), anna);
    rig.scripted.end(1);
    await vi.waitFor(async () =>
      expect(await (await get(id)).json()).toMatchObject({
        runs: [{ status: 'ended' }, { status: 'running' }],
        comparison: { compared: 0, leftOut: [{ run: 1 }, { run: 2 }] },
      }),
    );
  });

  it('shows what a crash has lost as queued, and what had ended as it was', async () => {
    const { id } = await begin(scriptedRecipe(3), anna);
    rig.scripted.say(1, 'never ended');
    rig.scripted.say(2, 'kept');
    rig.scripted.end(2);
    await vi.waitFor(async () => expect((await rig.store.find(id))?.runs.length).toBe(1));
    await rig.restart();
    expect((await shown(id)).runs).toMatchObject([
      { status: 'queued', text: '' },
      { status: 'ended', text: 'kept' },
      { status: 'queued', text: '' },
    ]);
  });

  it('never shows who owns it, nor the hash of its delete link', async () => {
    const id = await finish(rig, anna, ['x']);
    const token = await tokenOf(id);
    for (const as of [anna, bob, null]) {
      const text = await (await get(id, as)).text();
      for (const secret of [anna.owner, anna.cookie, token, hashToken(token)]) expect(text).not.toContain(secret);
    }
  });

  it('says whether it is the caller’s own', async () => {
    const id = await finish(rig, anna, ['x']);
    await share(id);
    expect([(await shown(id)).own, (await shown(id, bob)).own, (await shown(id, null)).own]).toEqual([
      true,
      false,
      false,
    ]);
  });

  it('says what is wrong if the store fails', async () => {
    const id = await finish(rig, anna, ['x']);
    vi.spyOn(rig.store, 'findHead').mockRejectedValue(
      new StoreError('locked', 'Another program is using the database.'),
    );
    const response = await get(id);
    expect(response.headers.get('retry-after')).toBe('5');
    expect(await refusalOf(response)).toEqual({ status: 503, code: 'store_locked', param: null });
  });

  it('shows what another process has added since it ended here', async () => {
    const { id, events } = await begin(scriptedRecipe(1), anna);
    rig.scripted.fail(1);
    for await (const _ of events);
    await vi.waitFor(async () => expect((await rig.store.find(id))?.leaseUntil).toBe(0));
    const [stored, provider] = [await rig.store.find(id), new ScriptedProvider()];
    if (!stored) throw new Error('It is not stored.');
    const again = await new Hub(rig.store, 10_000).again(stored, () => provider, undefined);
    if (!again.ok) throw new Error(again.error.message);
    provider.say(1, 'made elsewhere');
    provider.end(1);
    await again.value.live.over();
    expect((await shown(id)).runs).toMatchObject([{ status: 'ended', text: 'made elsewhere' }]);
  });
});

describe('GET /api/experiments/{id}/own', () => {
  const told = async (id: string, as: Visitor | null) => parse(OwnResponse, await (await own(id, as)).json());

  it('says to the browser that made it what nobody else may know', async () => {
    const parent = await finish(rig, anna, ['one', 'two']);
    const id = await finish(rig, anna, ['one', 'three'], `?parent=${parent}`);
    await share(id);
    expect(await told(id, anna)).toMatchObject({
      own: true,
      parent: { id: parent },
      drift: { rows: [{ id: parent }, { id }] },
    });
    for (const as of [bob, null]) expect(await told(id, as)).toEqual({ own: false, parent: null, drift: null });
  });

  it('adds the runs that the caller made of its recipe', async () => {
    const id = await finish(rig, anna, ['one', 'two']);
    await share(id);
    const mine = await finish(rig, bob, ['one', 'three'], `?parent=${id}`);
    expect(await told(id, bob)).toMatchObject({ own: false, parent: null, drift: { rows: [{ id }, { id: mine }] } });
  });

  it('asks the store nothing for a browser that never ran anything', async () => {
    const find = vi.spyOn(rig.store, 'findHead');
    expect(await told(await finish(rig, anna, ['one']), null)).toEqual({ own: false, parent: null, drift: null });
    expect(find).not.toHaveBeenCalled();
  });

  it('finds nothing where the caller may see nothing', async () => {
    for (const id of [await finish(rig, anna, ['one']), 'unknown']) expect((await own(id, bob)).status).toBe(404);
  });
});

describe('a replay', () => {
  const again = (parent: string, as: Visitor, texts: readonly string[]) => finish(rig, as, texts, `?parent=${parent}`);

  it('is compared with the experiment that it repeats, run by run', async () => {
    const parent = await finish(rig, anna, ['the cat sat', 'the cat sat']);
    await rig.restart();
    const id = await again(parent, anna, ['the cat sat', 'the cat ran']);
    const { replay, parent: shownParent } = await shown(id);
    expect(shownParent).toBe(parent);
    expect(replay?.sentence).toBe('1 of 2 matches the stored text; run 2 differs at word 3.');
  });

  it('says that it was sent to another address, though each text matches', async () => {
    rig.scripted.endpoint = anEndpoint;
    const parent = await finish(rig, anna, ['the cat', 'the cat']);
    await rig.restart();
    rig.scripted.endpoint = { ...anEndpoint, origin: 'http://127.0.0.1:8282' };
    const id = await again(parent, anna, ['the cat', 'the cat']);
    expect((await shown(id)).replay).toMatchObject({
      sentence: '2 of 2 match the stored text.',
      addressSentence: 'Sent to another address: then http://127.0.0.1:8281/v1, now http://127.0.0.1:8282/v1.',
    });
    expect(await (await replays(id)).json()).toMatchObject({
      drift: {
        moved: true,
        bands: [{ address: 'http://127.0.0.1:8281/v1' }, { address: 'http://127.0.0.1:8282/v1' }],
      },
    });
  });

  it('is compared for everybody who may see both', async () => {
    const parent = await finish(rig, anna, ['a']);
    await share(parent);
    await rig.restart();
    const id = await again(parent, bob, ['a']);
    expect((await shown(id, bob)).replay?.sentence).toBe('1 of 1 matches the stored text.');
    await share(id, null, bob);
    expect((await shown(id, null)).replay?.sentence).toBe('1 of 1 matches the stored text.');
  });

  it('shows nothing of a parent that is private', async () => {
    const parent = await finish(rig, anna, ['the secret text']);
    await rig.restart();
    const id = await again(parent, anna, ['another']);
    await share(id);
    expect((await shown(id, anna)).replay).not.toBeNull();
    for (const as of [bob, null]) {
      const text = await (await get(id, as)).text();
      expect(JSON.parse(text)).toMatchObject({ replay: null });
      expect(text).not.toContain('secret');
    }
  });

  it('stays when its parent is deleted', async () => {
    const parent = await finish(rig, anna, ['a']);
    await rig.restart();
    const id = await again(parent, anna, ['b']);
    expect((await remove(parent)).status).toBe(204);
    expect(await shown(id)).toMatchObject({ replay: null, runs: [{ text: 'b' }] });
    expect(await (await replays(id)).json()).toEqual({ drift: null });
  });

  it('does not count as running when a crash has left it incomplete', async () => {
    const recipe = scriptedRecipe(2);
    const parent = anExperiment('parent', { owner: anna.owner, recipe });
    const child = anExperiment('child', { owner: anna.owner, recipe, parent: parent.id });
    await rig.store.create(parent, endedWith('a', 'b'));
    await rig.store.create(child, endedWith('a'));
    expect((await shown(child.id)).replay?.sentence).not.toContain('so far');
  });

  it('counts as running while it does', async () => {
    const recipe = scriptedRecipe(2);
    const parent = anExperiment('parent', { owner: anna.owner, recipe });
    await rig.store.create(parent, endedWith('a', 'b'));
    const { id } = await begin(recipe, anna, `?parent=${parent.id}`);
    expect((await shown(id)).replay?.sentence).toMatch(/^0 of 2 so far/);
  });
});

describe('an experiment that was kept before addresses were', () => {
  const endpointsOf = async (name: string, provider: string, origin: 'run' | 'import' = 'run') => {
    const experiment = anExperiment(name, { owner: anna.owner, recipe: { ...haiku, provider, repeats: 2 }, origin });
    await rig.store.create(experiment, endedWith('a', 'b'));
    return (await shown(experiment.id)).runs.map((run) => ('endpoint' in run ? run.endpoint : 'not recorded'));
  };

  it('stayed inside this server if its provider is inside', async () => {
    expect(await endpointsOf('inside', 'seedling')).toEqual([null, null]);
  });

  it('does not tell where it was sent otherwise, nor if somebody brought it', async () => {
    expect(await endpointsOf('gone', 'openai')).toEqual(['not recorded', 'not recorded']);
    expect(await endpointsOf('brought', 'seedling', 'import')).toEqual(['not recorded', 'not recorded']);
  });
});

describe('PATCH /api/experiments/{id}', () => {
  it('names an experiment, renames it, and takes the name away', async () => {
    const id = await finish(rig, anna, ['x']);
    for (const [given, title] of [
      ['First', 'First'],
      ['  Second \n', 'Second'],
      ['\0 <script> \ud83d " \u202e', '\0 <script> \ud83d " \u202e'],
      ['x'.repeat(200), 'x'.repeat(200)],
      ['   ', null],
      ['Third', 'Third'],
      [null, null],
    ]) {
      const response = await rename(id, JSON.stringify({ title: given }));
      expect(await response.json()).toEqual({ id, title });
      expect((await shown(id)).title).toBe(title);
    }
  });

  it.each([
    ['null', 'title'],
    ['{}', 'title'],
    ['[]', null],
    ['"x"', null],
    ['{"title":5}', 'title'],
    ['{"title":["x"]}', 'title'],
    [JSON.stringify({ title: 'x'.repeat(201) }), 'title'],
    [JSON.stringify({ title: ' '.repeat(201) }), 'title'],
    ['{"title":"x","sharedAt":1}', 'sharedAt'],
    ['{"title":"x","owner":"me"}', 'owner'],
    ['{"__proto__":{"title":"x"}}', 'title'],
  ])('refuses %s and changes nothing', async (body, param) => {
    const id = await finish(rig, anna, ['x']);
    await rename(id, { title: 'Before' });
    expect(await refusalOf(await rename(id, body))).toEqual({ status: 400, code: 'invalid_request', param });
    expect((await shown(id)).title).toBe('Before');
  });

  it('refuses pages of other sites and bodies that are too large', async () => {
    const id = await finish(rig, anna, ['x']);
    const headers = { origin: 'https://evil.example' };
    const foreign = request('PATCH', endpoints.experiment(id), { as: anna, body: { title: 'Evil' }, headers });
    expect(await refusalOf(await renameExperiment(foreign, id))).toMatchObject({ status: 403, code: 'foreign_origin' });
    expect(await refusalOf(await rename(id, 'x'.repeat(2 ** 20 + 1)))).toMatchObject({ status: 413 });
    expect((await shown(id)).title).toBeNull();
  });
});

describe('DELETE /api/experiments/{id}', () => {
  it('lets the browser that made it remove it with all its parts', async () => {
    const id = await finish(rig, anna, ['x']);
    await share(id);
    const response = await remove(id);
    expect(response.status).toBe(204);
    expect(await response.text()).toBe('');
    expect(await rig.store.find(id)).toBeNull();
    expect((await get(id)).status).toBe(404);
    expect((await preview(id)).status).toBe(404);
    expect((await remove(id)).status).toBe(404);
    expect((await listed()).experiments).toEqual([]);
  });

  it('accepts the token of its delete link, from anybody', async () => {
    for (const as of [bob, null]) {
      const id = await finish(rig, anna, ['x']);
      const token = await tokenOf(id);
      await rig.restart();
      expect((await remove(id, { token }, as)).status).toBe(204);
      expect(await rig.store.find(id)).toBeNull();
    }
  });

  it('refuses a token that is wrong, of another experiment, or of one that is private', async () => {
    const id = await finish(rig, anna, ['x']);
    await rig.restart();
    const other = await finish(rig, anna, ['y']);
    await rig.restart();
    const privateId = await finish(rig, anna, ['z']);
    const [token, others] = [await tokenOf(id), await tokenOf(other)];
    const wrong = ['', 'x', others, `${token}x`, token.slice(1), newToken(), hashToken(token), '\0', '\ud83d', 'null'];
    for (const each of wrong)
      for (const as of [anna, bob, null])
        expect(await refusalOf(await remove(id, { token: each }, as))).toMatchObject({ status: 404 });
    for (const each of [token, '', 'null', 'undefined'])
      expect((await remove(privateId, { token: each }, bob)).status).toBe(404);
    for (const each of [id, other, privateId]) expect((await get(each)).status).toBe(200);
  });

  it.each(['{"token":5}', '{"token":null}', '{"tokn":"x"}', '[]', '"x"', JSON.stringify({ token: 'x'.repeat(101) })])(
    'refuses the body %s and deletes nothing',
    async (body) => {
      const id = await finish(rig, anna, ['x']);
      expect((await remove(id, body)).status).toBe(400);
      expect((await get(id)).status).toBe(200);
    },
  );

  it('refuses pages of other sites', async () => {
    const id = await finish(rig, anna, ['x']);
    const token = await tokenOf(id);
    for (const body of [null, { token }]) {
      const headers = { origin: 'https://evil.example' };
      const foreign = request('DELETE', endpoints.experiment(id), { as: anna, body, headers });
      expect(await refusalOf(await deleteExperiment(foreign, id))).toMatchObject({ code: 'foreign_origin' });
    }
    expect((await get(id)).status).toBe(200);
  });

  it('stops the runs, tells the readers, and keeps nothing afterwards', async () => {
    const { id, first, events } = await begin(scriptedRecipe(3), anna);
    rig.scripted.say(1, 'half');
    const saving = vi.spyOn(rig.store, 'saveRun');
    expect((await remove(id)).status).toBe(204);
    expect(rig.scripted.calls.map(({ signal }) => signal.aborted)).toEqual([true, true, true]);
    const seen = [first];
    for await (const event of events) seen.push(event);
    expect(seen.at(-1)?.event.type).toBe('experiment-end');
    await vi.waitFor(() => expect(saving.mock.settledResults.length).toBe(3));
    await settle();
    expect(await rig.store.find(id)).toBeNull();
    await rig.restart();
    expect((await get(id)).status).toBe(404);
  });

  it('is final, though a run that ended before is still on its way to the store', async () => {
    const release = Promise.withResolvers<void>();
    const { saveRun } = rig.store;
    const saving = vi.spyOn(rig.store, 'saveRun').mockImplementation(async (...given) => {
      await release.promise;
      return saveRun(...given);
    });
    const { id } = await begin(scriptedRecipe(1), anna);
    const live = rig.hub.get(id);
    rig.scripted.end(1);
    await vi.waitFor(() => expect(saving).toHaveBeenCalled());
    expect((await remove(id)).status).toBe(204);
    release.resolve();
    await live?.over();
    expect(await rig.store.find(id)).toBeNull();
    expect((await get(id)).status).toBe(404);
  });

  it('deletes nothing if the store fails', async () => {
    const id = await finish(rig, anna, ['x']);
    vi.spyOn(rig.store, 'remove').mockRejectedValueOnce(new StoreError('locked', 'It is locked.'));
    expect(await refusalOf(await remove(id))).toMatchObject({ status: 503, code: 'store_locked' });
    expect((await shown(id)).runs).toMatchObject([{ text: 'x' }]);
    expect((await remove(id)).status).toBe(204);
  });
});
