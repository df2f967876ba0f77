import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { compareRuns } from '@/lib/compare/comparison';
import { recipeHash } from '@/lib/recipe/canonical';
import type { Recipe } from '@/lib/recipe/recipe';
import { ended, endedWith, failed } from '@/lib/run/records.fixture';
import { StoreError } from '@/lib/store/store';
import { toSaved } from './access';
import { exactFingerprint } from './endpoint.fixture';
import { startExperiment } from './experiments';
import { Hub } from './hub';
import {
  deleteExperiment,
  getExperiment,
  getPreview,
  listExperiments,
  listReplays,
  renameExperiment,
  shareExperiment,
} from './permalinks';
import { drawPreview } from './preview';
import { ScriptedProvider, scriptedRecipe, settle } from './scripted-provider.fixture';
import {
  anExperiment,
  begin,
  eventsOf,
  finish,
  folded,
  installServices,
  newVisitor,
  type Rig,
  refusalOf,
  request,
  Shown,
  type Visitor,
} from './services.fixture';
import { hashToken, newToken } from './visitor';

const anna = newVisitor();
const bob = newVisitor();

let rig: Rig;
beforeEach(() => {
  rig = installServices();
});
afterEach(async () => {
  vi.useRealTimers();
  vi.restoreAllMocks();
  await rig.remove();
});

const path = (id: string, more = '') => `/api/experiments/${id}${more}`;
const get = (id: string, as: Visitor | null = anna) => getExperiment(request('GET', path(id), { as }), id);
const shown = async (id: string, as: Visitor | null = anna) => Shown.parse(await (await get(id, as)).json());
const rename = (id: string, body: BodyInit | object | null, as: Visitor | null = anna) =>
  renameExperiment(request('PATCH', path(id), { as, body }), id);
const share = (id: string, body: BodyInit | object | null = null, as: Visitor | null = anna) =>
  shareExperiment(request('POST', path(id, '/share'), { as, body }), id);
const remove = (id: string, body: BodyInit | object | null = null, as: Visitor | null = anna) =>
  deleteExperiment(request('DELETE', path(id), { as, body }), id);
const list = (query = '', as: Visitor | null = anna) =>
  listExperiments(request('GET', `/api/experiments${query}`, { as }));
const replays = (id: string, as: Visitor | null = anna) =>
  listReplays(request('GET', path(id, '/replays'), { as }), id);

const SharedAnswer = z.strictObject({
  id: z.string(),
  sharedAt: z.iso.datetime(),
  path: z.string(),
  deletePath: z.string().nullable(),
});

/** Shares it; the token of its delete link, which the first call gives. */
async function tokenOf(id: string): Promise<string> {
  const { deletePath } = SharedAnswer.parse(await (await share(id)).json());
  const token = deletePath?.split('#delete=')[1];
  if (!token) throw new Error('There is no delete link.');
  return token;
}

const Listed = z.strictObject({
  experiments: z.array(z.looseObject({ id: z.string(), title: z.string().nullable(), verdict: z.string() })),
  next: z.string().nullable(),
});
const listed = async (query = '', as: Visitor | null = anna) => Listed.parse(await (await list(query, as)).json());

const haiku: Recipe = {
  v: 1,
  provider: 'seedling',
  request: {
    model: 'seedling-1',
    messages: [{ role: 'user', content: 'Write a haiku about spring.' }],
    seed: 74,
    max_completion_tokens: 30,
  },
  repeats: 5,
};

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
      comparison: compareRuns(recipe, runs),
      replay: null,
    });
    expect(compareRuns(recipe, runs)).toMatchObject({
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

  it('says whose it is', async () => {
    const id = await finish(rig, anna, ['x']);
    await share(id);
    expect([(await shown(id)).own, (await shown(id, bob)).own, (await shown(id, null)).own]).toEqual([
      true,
      false,
      false,
    ]);
  });

  it('says what is the matter if the store fails', async () => {
    const id = await finish(rig, anna, ['x']);
    vi.spyOn(rig.store, 'find').mockRejectedValue(new StoreError('locked', 'Another program is using the database.'));
    const response = await get(id);
    expect(response.headers.get('retry-after')).toBe('5');
    expect(await refusalOf(response)).toEqual({ status: 503, code: 'store_locked', param: null });
  });

  it('shows what another process has made of it since it ended here', async () => {
    const { id, events } = await begin(scriptedRecipe(1), anna);
    rig.scripted.fail(1);
    for await (const _ of events);
    await vi.waitFor(async () => expect((await rig.store.find(id))?.leaseUntil).toBe(0));
    const [stored, provider] = [await rig.store.find(id), new ScriptedProvider()];
    if (!stored) throw new Error('It is not stored.');
    const again = await new Hub(rig.store, 10_000).again(stored, provider, undefined);
    if (!again.ok) throw new Error(again.problem.message);
    provider.say(1, 'made elsewhere');
    provider.end(1);
    await again.value.live.over();
    expect((await shown(id)).runs).toMatchObject([{ status: 'ended', text: 'made elsewhere' }]);
  });
});

describe('a replay', () => {
  const again = (parent: string, as: Visitor, texts: readonly string[]) => finish(rig, as, texts, `?parent=${parent}`);

  it('is compared with what it ran again, run by run', async () => {
    const parent = await finish(rig, anna, ['the cat sat', 'the cat sat']);
    await rig.restart();
    const id = await again(parent, anna, ['the cat sat', 'the cat ran']);
    const { replay, parent: shownParent } = await shown(id);
    expect(shownParent).toBe(parent);
    expect(replay?.sentence).toBe('1 of 2 matches the stored text; run 2 differs at word 3.');
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

  it('is not said to go on when a crash has left it incomplete', async () => {
    const recipe = scriptedRecipe(2);
    const parent = anExperiment('parent', { owner: anna.owner, recipe });
    const child = anExperiment('child', { owner: anna.owner, recipe, parent: parent.id });
    await rig.store.create(parent, endedWith('a', 'b'));
    await rig.store.create(child, endedWith('a'));
    expect((await shown(child.id)).replay?.sentence).not.toContain('so far');
  });

  it('is said to go on while it does', async () => {
    const recipe = scriptedRecipe(2);
    const parent = anExperiment('parent', { owner: anna.owner, recipe });
    await rig.store.create(parent, endedWith('a', 'b'));
    const { id } = await begin(recipe, anna, `?parent=${parent.id}`);
    expect((await shown(id)).replay?.sentence).toMatch(/^0 of 2 so far/);
  });
});

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

  it('has one’s own experiments with that recipe, oldest first', async () => {
    const second = await make('second', anna, 2000);
    const first = await make('first', anna, 1000);
    await make('other recipe', anna, 1500, { recipe: scriptedRecipe(2) });
    await make('of bob', bob, 1500);
    expect(await rows(first)).toEqual([first, second]);
    expect(await rows(second)).toEqual([first, second]);
  });

  it('is nothing for the only one', async () => {
    expect(await rows(await make('only', anna, 1000))).toBeNull();
  });

  it('has a shared parent of somebody else, and no private one', async () => {
    const parent = await make('parent', bob, 1000);
    const id = await make('mine', anna, 2000, { parent });
    expect(await rows(id)).toBeNull();
    await share(parent, null, bob);
    expect(await rows(id)).toEqual([parent, id]);
    expect(await rows(parent, anna)).toEqual([parent, id]);
    expect(await rows(parent, null)).toBeNull();
  });

  it('has at most the newest 50, and the one that was asked about', async () => {
    const all: string[] = [];
    for (let at = 0; at < 60; at++) all.push(await make(`number-${at}`, anna, 1000 + at));
    expect(await rows(all[59] ?? '')).toEqual(all.slice(10));
    expect(await rows(all[3] ?? '')).toEqual([all[3], ...all.slice(10)]);
  });
});

describe('GET /api/experiments', () => {
  async function make(name: string, createdAt: number, change: Partial<Parameters<typeof anExperiment>[1]> = {}) {
    const experiment = anExperiment(name, { owner: anna.owner, createdAt, ...change });
    await rig.store.create(experiment, endedWith('x', 'x'));
    return experiment.id;
  }

  it('has the caller’s own, newest first, enough to find each again', async () => {
    await make('old', 1000);
    const id = await make('new', 2000);
    await make('of bob', 3000, { owner: bob.owner });
    const { experiments, next } = await listed();
    expect(next).toBeNull();
    expect(experiments.map((each) => each.id)).toEqual([id, 'old'.padEnd(22, '-')]);
    expect(experiments[0]).toEqual({
      ...{ id, title: null, prompt: 'Go.', provider: 'scripted', model: 'scripted-a', seed: 74, varied: false },
      ...{ temperature: null, runs: 2, missing: 0, createdAt: '1970-01-01T00:00:02.000Z', sharedAt: null },
      ...{ parent: null, origin: 'run', verdict: '2 of 2 runs identical.', tone: 'same' },
    });
    expect((await list()).headers.get('cache-control')).toBe('no-store');
  });

  it('counts what is missing', async () => {
    const three = anExperiment('three', { owner: anna.owner, recipe: scriptedRecipe(3) });
    await rig.store.create(three, [ended(1, 'x', { finish: 'aborted' }), failed(2, 'server_error')]);
    expect((await listed()).experiments).toMatchObject([{ runs: 3, missing: 3 }]);
  });

  it('cuts long prompts', async () => {
    const messages = [{ role: 'user' as const, content: '🌱'.repeat(10_000) }];
    await make('long', 1000, { recipe: { ...scriptedRecipe(1), request: { model: 'm', messages } } });
    expect(JSON.stringify(await listed()).length).toBeLessThan(2000);
  });

  it('is empty for a visitor without a cookie, and asks the store nothing', async () => {
    await make('x', 1000);
    const listing = vi.spyOn(rig.store, 'list');
    expect(await listed('', null)).toEqual({ experiments: [], next: null });
    expect(listing).not.toHaveBeenCalled();
  });

  it('is paged without gap or repeat', async () => {
    const ids: string[] = [];
    for (let at = 0; at < 23; at++) ids.unshift(await make(`number ${at}`, 1000 + Math.floor(at / 3)));
    const seen: string[] = [];
    let next: string | null = null;
    do {
      const page = await listed(`?limit=5${next === null ? '' : `&after=${encodeURIComponent(next)}`}`);
      expect(page.experiments.length).toBeLessThanOrEqual(5);
      seen.push(...page.experiments.map(({ id }) => id));
      ({ next } = page);
    } while (next !== null);
    expect(seen.length).toBe(23);
    expect(seen.toSorted()).toEqual(ids.toSorted());
  });

  it('has 20 on a page unless told otherwise, and up to 100', async () => {
    for (let at = 0; at < 101; at++) await make(`number ${at}`, 1000 + at);
    expect((await listed()).experiments.length).toBe(20);
    expect((await listed('?limit=1')).experiments.length).toBe(1);
    const most = await listed('?limit=100');
    expect(most.experiments.length).toBe(100);
    expect(most.next).not.toBeNull();
  });

  it('finds by title, prompt and model, in any case', async () => {
    const id = await make('one', 1000);
    await rename(id, { title: 'Élan 100% _sure_' });
    const hits = async (search: string) =>
      (await listed(`?search=${encodeURIComponent(search)}`)).experiments.map((each) => each.id);
    for (const search of ['élan', 'GO.', 'SCRIPTED-A', '100%', '_sure_', '']) expect(await hits(search)).toEqual([id]);
    for (const search of ['nothing', '100_', '%%%', "' or 1=1 --", '\0', '!']) expect(await hits(search)).toEqual([]);
  });

  it.each([
    ['?limit=0', 'limit'],
    ['?limit=101', 'limit'],
    ['?limit=-1', 'limit'],
    ['?limit=1.5', 'limit'],
    ['?limit=many', 'limit'],
    ['?limit=', 'limit'],
    ['?limit=1e999', 'limit'],
    [`?search=${'x'.repeat(201)}`, 'search'],
    [`?after=${'x'.repeat(201)}`, 'after'],
  ])('refuses %s', async (query, param) => {
    expect(await refusalOf(await list(query))).toEqual({ status: 400, code: 'invalid_request', param });
  });

  it.each(['x', '0-', '-', '99999999999999999999-x', '1000', '%00', "1'--"])(
    'is empty after %j, which ends no page',
    async (after) => {
      await make('x', 1000);
      expect(await listed(`?after=${after}`)).toEqual({ experiments: [], next: null });
    },
  );

  it('passes over what it does not know', async () => {
    await make('x', 1000);
    expect((await listed('?colour=red&__proto__=1&owner=nobody')).experiments.length).toBe(1);
  });
});

describe('PATCH /api/experiments/{id}', () => {
  it('names an experiment, names it anew, and takes the name away', async () => {
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
    const foreign = request('PATCH', path(id), { as: anna, body: { title: 'Evil' }, headers });
    expect(await refusalOf(await renameExperiment(foreign, id))).toMatchObject({ status: 403, code: 'foreign_origin' });
    expect(await refusalOf(await rename(id, 'x'.repeat(2 ** 20 + 1)))).toMatchObject({ status: 413 });
    expect((await shown(id)).title).toBeNull();
  });
});

describe('POST /api/experiments/{id}/share', () => {
  it('makes it public, and gives the delete link once', async () => {
    const id = await finish(rig, anna, ['x']);
    const first = SharedAnswer.parse(await (await share(id)).json());
    expect(first).toMatchObject({ id, path: `/e/${id}` });
    expect(first.deletePath).toMatch(new RegExp(`^/e/${id}#delete=[\\w-]{43}$`));
    expect(await shown(id, null)).toMatchObject({ sharedAt: first.sharedAt, own: false });
    for (let time = 0; time < 2; time++)
      expect(SharedAnswer.parse(await (await share(id)).json())).toEqual({ ...first, deletePath: null });
  });

  it('gives one delete link, which works, also to two who share at the same time', async () => {
    const id = await finish(rig, anna, ['x']);
    const answers = await Promise.all([share(id), share(id), share(id)]);
    const bodies = await Promise.all(answers.map(async (answer) => SharedAnswer.parse(await answer.json())));
    const links = bodies.flatMap(({ deletePath }) => deletePath ?? []);
    expect(links.length).toBe(1);
    expect((await remove(id, { token: links[0]?.split('#delete=')[1] }, bob)).status).toBe(204);
  });

  it('takes a title along, also later', async () => {
    const id = await finish(rig, anna, ['x']);
    await share(id, { title: ' Mine ' });
    expect((await shown(id)).title).toBe('Mine');
    await share(id, { title: 'Still mine' });
    expect((await shown(id)).title).toBe('Still mine');
    await share(id, {});
    expect((await shown(id)).title).toBe('Still mine');
    await share(id, { title: null });
    expect((await shown(id)).title).toBeNull();
  });

  it('draws a preview of what is shared, once', async () => {
    const id = await finish(rig, anna, ['x', 'y']);
    expect((await getPreview(id)).status).toBe(404);
    await share(id, { title: 'Shown' });
    const image = await getPreview(id);
    expect(image.headers.get('content-type')).toBe('image/png');
    const png = new Uint8Array(await image.arrayBuffer());
    expect([...png.slice(0, 4)]).toEqual([0x89, 0x50, 0x4e, 0x47]);
    const stored = await rig.store.find(id);
    if (!stored) throw new Error('It is not stored.');
    expect(Buffer.from(png).equals(await drawPreview(toSaved(stored)))).toBe(true);
    await share(id, { title: 'Another' });
    expect(Buffer.from(await (await getPreview(id)).arrayBuffer()).equals(png)).toBe(true);
  });

  it('draws no title that was taken away as it was shared', async () => {
    const id = await finish(rig, anna, ['x']);
    await rename(id, { title: 'My secret plan' });
    await share(id, { title: null });
    const stored = await rig.store.find(id);
    if (!stored) throw new Error('It is not stored.');
    expect(stored.title).toBeNull();
    const png = Buffer.from(await (await getPreview(id)).arrayBuffer());
    expect(png.equals(await drawPreview(toSaved(stored)))).toBe(true);
  });

  it.each(['[]', '"x"', '{"title":5}', '{"colour":"red"}', JSON.stringify({ title: 'x'.repeat(201) })])(
    'refuses %s and shares nothing',
    async (body) => {
      const id = await finish(rig, anna, ['x']);
      expect(await refusalOf(await share(id, body))).toMatchObject({ status: 400, code: 'invalid_request' });
      expect((await shown(id)).sharedAt).toBeNull();
      expect((await get(id, bob)).status).toBe(404);
    },
  );

  it('shares nothing if the store fails', async () => {
    const id = await finish(rig, anna, ['x']);
    vi.spyOn(rig.store, 'share').mockRejectedValueOnce(new StoreError('full', 'The disk of this server is full.'));
    expect(await refusalOf(await share(id))).toMatchObject({ status: 503, code: 'store_full' });
    expect((await get(id, bob)).status).toBe(404);
    expect(SharedAnswer.parse(await (await share(id)).json()).deletePath).not.toBeNull();
  });

  it('shows hostile texts in an image like any other', async () => {
    const id = await finish(rig, anna, ['</text><script>alert(1)</script>\0\ud83d\u202e&amp;', '🌱'.repeat(5000)]);
    expect((await share(id, { title: ']]><svg onload="x">\0' })).status).toBe(200);
    expect((await getPreview(id)).status).toBe(200);
  });
});

describe('DELETE /api/experiments/{id}', () => {
  it('removes it and everything of it, by the browser that made it', async () => {
    const id = await finish(rig, anna, ['x']);
    await share(id);
    const response = await remove(id);
    expect(response.status).toBe(204);
    expect(await response.text()).toBe('');
    expect(await rig.store.find(id)).toBeNull();
    expect((await get(id)).status).toBe(404);
    expect((await getPreview(id)).status).toBe(404);
    expect((await remove(id)).status).toBe(404);
    expect((await listed()).experiments).toEqual([]);
  });

  it('takes the token of its delete link, from anybody', async () => {
    for (const as of [bob, null]) {
      const id = await finish(rig, anna, ['x']);
      const token = await tokenOf(id);
      await rig.restart();
      expect((await remove(id, { token }, as)).status).toBe(204);
      expect(await rig.store.find(id)).toBeNull();
    }
  });

  it('takes no token that is wrong, of another experiment, or of one that is private', async () => {
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
      const foreign = request('DELETE', path(id), { as: anna, body, headers });
      expect(await refusalOf(await deleteExperiment(foreign, id))).toMatchObject({ code: 'foreign_origin' });
    }
    expect((await get(id)).status).toBe(200);
  });

  it('stops what runs, tells those who read, and keeps nothing afterwards', async () => {
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

  it('stays deleted though a run that ended before is still on its way to the store', async () => {
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

describe('GET /e/{id}/opengraph-image', () => {
  it.each(['', 'nothing', 'A'.repeat(22), '__proto__', '\0'])('is not found for %j', async (id) => {
    expect(await refusalOf(await getPreview(id))).toEqual({ status: 404, code: 'not_found', param: null });
  });

  it('is not found for what is private', async () => {
    expect(await refusalOf(await getPreview(await finish(rig, anna, ['x'])))).toMatchObject({ status: 404 });
  });
});
