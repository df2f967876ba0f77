import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { endpoints } from '@/lib/api/addresses';
import { parseExport } from '@/lib/export/json';
import { plan } from '@/lib/recipe/plan';
import type { Recipe } from '@/lib/recipe/recipe';
import { aRecipe, ended, failed } from '@/lib/run/records.fixture';
import { writeRun } from '@/lib/store/documents';
import { StoreError } from '@/lib/store/store';
import { exportExperiment, importExperiment } from './files';
import { anna, askOf, bob, get, list, share } from './requests.fixture';
import { route } from './route';
import { scriptedRecipe } from './scripted-provider.fixture';
import {
  anExperiment,
  begin,
  finish,
  installServices,
  type Rig,
  refusalOf,
  request,
  Shown,
  type Visitor,
} from './services.fixture';

let rig: Rig;
beforeEach(() => {
  rig = installServices();
});
afterEach(async () => {
  vi.restoreAllMocks();
  await rig.remove();
});

const download = (id: string, query = '', headers: Record<string, string> = {}) =>
  askOf(exportExperiment, id, request('GET', `/api/experiments/${id}/export${query}`, { as: anna, headers }));

const bring = (body: BodyInit | object | null, as: Visitor | null = anna, headers: Record<string, string> = {}) =>
  route(importExperiment)(request('POST', endpoints.import, { as, body, headers }));

const ImportedAnswer = z.strictObject({ id: z.string().regex(/^[\w-]{22}$/), path: z.string() });

async function imported(body: object): Promise<z.infer<typeof Shown>> {
  const response = await bring(body);
  expect(response.status).toBe(201);
  const { id, path } = ImportedAnswer.parse(await response.json());
  expect(path).toBe(`/e/${id}`);
  return Shown.parse(await (await get(id)).json());
}

const formats = [
  ['json', 'application/json', 'seedbed.json'],
  ['csv', 'text/csv', 'seedbed.csv'],
  ['markdown', 'text/markdown', 'seedbed.md'],
  ['python', 'text/x-python', 'repeat.py'],
  ['typescript', 'text/plain', 'repeat.mts'],
  ['curl', 'text/x-shellscript', 'repeat.sh'],
  ['pack', 'application/json', 'repro-pack.json'],
  ['batch', 'application/jsonl', 'batch.jsonl'],
  ['promptfoo', 'application/json', 'promptfooconfig.json'],
] as const;

const hostile = '"; filename="evil.html"\r\nX-Evil: 1\r\n\r\n<script>alert(1)</script>\0\ud83d\u202e../../etc/passwd';

describe('GET /api/experiments/{id}/export', () => {
  it.each(formats)('gives %s as a file of its own type and name', async (format, type, name) => {
    const response = await download(await finish(rig, anna, ['one', 'two']), `?format=${format}`);
    expect(response.status).toBe(200);
    expect([...response.headers]).toEqual([
      ['cache-control', 'no-store'],
      ['content-disposition', `attachment; filename="${name}"`],
      ['content-type', `${type}; charset=utf-8`],
    ]);
    expect((await response.text()).length).toBeGreaterThan(50);
  });

  it('gives JSON by default, which can be imported again whole', async () => {
    const id = await finish(rig, anna, ['one', 'NUL \0, half \ud83d']);
    const text = await (await download(id)).text();
    expect(await (await download(id, '?format=json')).text()).toBe(text);
    const parsed = parseExport(JSON.parse(text));
    expect(parsed).toMatchObject({
      ok: true,
      value: { id, origin: 'run', runs: [{}, { text: 'NUL \0, half \ud83d' }] },
    });
  });

  it.each(formats)(
    'gives %s of whatever title and texts there are, with headers that they cannot touch',
    async (format, type, name) => {
      const messages = [{ role: 'user' as const, content: hostile }];
      const recipe: Recipe = { ...scriptedRecipe(1), title: hostile.slice(0, 200), request: { model: 'm', messages } };
      const { id, events } = await begin(recipe, anna);
      rig.scripted.say(1, hostile);
      rig.scripted.end(1, { model: hostile, fingerprints: [hostile], requestId: hostile });
      for await (const _ of events);
      await rig.store.rename(id, hostile);
      const { headers } = await download(id, `?format=${format}`);
      expect([...headers]).toEqual([
        ['cache-control', 'no-store'],
        ['content-disposition', `attachment; filename="${name}"`],
        ['content-type', `${type}; charset=utf-8`],
      ]);
    },
  );

  it.each(['html', 'JSON', 'json ', '__proto__', 'constructor', 'toString', 'hasOwnProperty', '', '\0', '../json'])(
    'refuses the format %j',
    async (format) => {
      const id = await finish(rig, anna, ['x']);
      for (const each of [id, 'unknown'])
        expect(await refusalOf(await download(each, `?format=${encodeURIComponent(format)}`))).toEqual({
          status: 400,
          code: 'unknown_format',
          param: 'format',
        });
    },
  );

  it.each(['python', 'typescript', 'curl', 'pack', 'promptfoo'])(
    'names in %s the site that was asked, or PUBLIC_URL',
    async (format) => {
      const recipe = { ...scriptedRecipe(1), provider: 'seedling' };
      const id = anExperiment('seedling').id;
      const ask = async (headers: Record<string, string> = {}) => {
        await rig.store.create(anExperiment('seedling', { owner: anna.owner, recipe }));
        return (await download(id, `?format=${format}`, headers)).text();
      };
      expect(await ask({ host: 'localhost:4567' })).toContain('http://localhost:4567/v1');
      await rig.remove();
      rig = installServices({ PUBLIC_URL: 'https://seedbed.example' });
      const text = await ask({ host: 'evil.example' });
      expect(text).toContain('https://seedbed.example/v1');
      expect(text).not.toContain('evil.example');
    },
  );

  it('gives what there is while runs go on, and after a crash', async () => {
    const { id } = await begin(scriptedRecipe(2), anna);
    rig.scripted.say(1, 'kept');
    rig.scripted.end(1);
    await vi.waitFor(async () => expect((await rig.store.find(id))?.runs.length).toBe(1));
    for (const [format] of formats) expect((await download(id, `?format=${format}`)).status).toBe(200);
    await rig.restart();
    for (const [format] of formats) expect((await download(id, `?format=${format}`)).status).toBe(200);
    expect(await (await download(id, '?format=csv')).text()).toContain('kept');
  });

  it('says what is wrong if the store fails', async () => {
    vi.spyOn(rig.store, 'findHead').mockRejectedValue(new StoreError('corrupt', 'The database file is damaged.'));
    expect(await refusalOf(await download('A'.repeat(22)))).toMatchObject({ status: 503, code: 'store_corrupt' });
  });
});

describe('an experiment that is too large to be brought back', () => {
  it.each(['json', 'csv'])('is not exported as %s, and the refusal says so', async (format) => {
    const recipe = aRecipe({ repeats: 300 });
    const runs = plan(recipe).map((spec) => ({ ...failed(spec.run, 'stalled', 'x'.repeat(256 * 1024)), ...spec }));
    const experiment = anExperiment('large', { recipe, owner: anna.owner });
    const head = { ...experiment, title: null, sharedAt: null, deleteHash: null };
    vi.spyOn(rig.store, 'findHead').mockResolvedValue(head);
    const documents = runs.map((run) => ({ run: run.run, document: writeRun(run) }));
    vi.spyOn(rig.store, 'findSizes').mockResolvedValue(
      documents.map(({ run, document }) => ({ run, bytes: document.length })),
    );
    vi.spyOn(rig.store, 'findDocuments').mockImplementation(async (_, wanted) =>
      documents.filter(({ run }) => wanted.includes(run)),
    );
    expect(await refusalOf(await download(experiment.id, `?format=${format}`))).toEqual({
      ...{ status: 413, code: 'export_too_large', param: null },
    });
  });
});

describe('POST /api/experiments/import', () => {
  it('stores plain texts, marked as not made here', async () => {
    const saved = await imported({ text: 'one\n---\ntwo\n---\none', prompt: 'Say a number.' });
    expect(saved).toMatchObject({
      ...{ origin: 'import', own: true, parent: null, sharedAt: null, title: null },
      recipe: { provider: 'imported', request: { messages: [{ role: 'user', content: 'Say a number.' }] } },
      runs: [{ text: 'one' }, { text: 'two' }, { text: 'one' }],
    });
  });

  it('stores an export as it was, under a new id, still marked', async () => {
    const id = await finish(rig, bob, ['one', 'NUL \0, half \ud83d']);
    await rig.store.rename(id, 'The title');
    await rig.store.share(id, 1, 'hash', new Uint8Array());
    const text = await (await download(id)).text();
    const saved = await imported({ text });
    const original = Shown.parse(await (await get(id, bob)).json());
    expect(saved.id).not.toBe(id);
    expect(saved).toMatchObject({ origin: 'import', title: 'The title', sharedAt: null, runs: original.runs });
    expect(saved.recipeHash).toBe(original.recipeHash);
    expect((await rig.store.find(id))?.owner).toBe(bob.owner);
  });

  it('makes it private to the browser that imported it, and gives one without a cookie one', async () => {
    const response = await bring({ text: 'one' }, null);
    const cookie = response.headers.get('set-cookie')?.split(';')[0] ?? '';
    const { id } = ImportedAnswer.parse(await response.json());
    const as = { cookie, owner: '' };
    expect((await get(id, as)).status).toBe(200);
    for (const other of [anna, null]) expect((await get(id, other)).status).toBe(404);
    const listed = await list('', as);
    expect(await listed.json()).toMatchObject({ experiments: [{ id, origin: 'import' }], next: null });
  });

  it('makes an experiment that can be shared, and stays marked', async () => {
    const { id } = await imported({ text: 'one' });
    expect((await share(id)).status).toBe(200);
    expect(await (await get(id, null)).json()).toMatchObject({
      origin: 'import',
    });
  });

  it('ignores claims of a file to be shared, somebody’s, or made here', async () => {
    const own = await finish(rig, anna, ['x']);
    const file: unknown = JSON.parse(await (await download(own)).text());
    const text = JSON.stringify({
      ...z.record(z.string(), z.unknown()).parse(file),
      ...{ origin: 'run', sharedAt: '2020-01-01T00:00:00.000Z', owner: bob.owner, deleteHash: 'x', leaseUntil: 9e15 },
    });
    const { id } = await imported({ text });
    expect(id).not.toBe(own);
    expect(await rig.store.find(id)).toMatchObject({
      ...{ origin: 'import', sharedAt: null, owner: anna.owner, deleteHash: null, leaseUntil: 0, parent: null },
    });
  });

  it.each([
    ['no body', null, 400, 'invalid_request', null],
    ['null', 'null', 400, 'invalid_request', null],
    ['a list', '[]', 400, 'invalid_request', null],
    ['a text', '"one"', 400, 'invalid_request', null],
    ['nothing', '{}', 400, 'invalid_request', 'text'],
    ['a number', '{"text":5}', 400, 'invalid_request', 'text'],
    ['a prompt that is none', '{"text":"x","prompt":5}', 400, 'invalid_request', 'prompt'],
    ['a prompt too long', JSON.stringify({ text: 'x', prompt: 'x'.repeat(32_001) }), 400, 'invalid_request', 'prompt'],
    ['an unknown field', '{"text":"x","origin":"run"}', 400, 'invalid_request', 'origin'],
    ['malformed JSON', '{"text":', 400, 'invalid_json', null],
  ])('refuses %s and keeps nothing', async (_, body, status, code, param) => {
    const creating = vi.spyOn(rig.store, 'create');
    expect(await refusalOf(await bring(body))).toEqual({ status, code, param });
    expect(creating).not.toHaveBeenCalled();
  });

  it.each([
    ['an empty file', ''],
    ['space', ' \n\t'],
    ['1001 texts', 'x\n---\n'.repeat(1001)],
    ['a text too long', 'x'.repeat(256 * 1024 + 1)],
    ['a repro pack', '{"format":"seedbed-repro-pack","v":1}'],
    ['an export of the future', '{"format":"seedbed-experiment","v":2}'],
    ['half an export', '{"format":"seedbed-experiment","v":1}'],
    ['JSON that is cut', '{"text":"x"'],
    ['numbers', '[1,2,3]'],
    ['lists in lists', '['.repeat(5000) + ']'.repeat(5000)],
    ['__proto__', '[{"__proto__":{"text":"x"}}]'],
  ])('refuses %s with a reason and keeps nothing', async (_, text) => {
    const creating = vi.spyOn(rig.store, 'create');
    expect((await refusalOf(await bring({ text }))).status).toBe(400);
    expect(creating).not.toHaveBeenCalled();
  });

  it('refuses more than any file of ours has', async () => {
    const limit = 129 * 2 ** 20;
    const headers = { 'content-length': String(limit + 1) };
    expect(await refusalOf(await bring({ text: 'x' }, anna, headers))).toEqual({
      ...{ status: 413, code: 'body_too_large', param: null },
    });
    expect((await bring({ text: 'x' }, anna, { 'content-length': String(limit) })).status).toBe(201);
  });

  it('takes back an export with the probabilities of many tokens', async () => {
    const token = { token: ' word', logprob: -1.234567890123456, bytes: [32, 119, 111, 114, 100] };
    const tokens = Array(100).fill({ ...token, top_logprobs: Array(5).fill(token) });
    const recipe = aRecipe({ repeats: 100 });
    const runs = plan(recipe).map((spec) => ended(spec.run, ' word'.repeat(100), { ...spec, tokens, endpoint: null }));
    const experiment = anExperiment('tokens', { recipe, owner: anna.owner });
    await rig.store.create(experiment, runs);
    const { id } = await imported({ text: await (await download(experiment.id)).text() });
    expect((await rig.store.find(id))?.runs).toEqual(runs);
  });

  it('goes by the name of the file, if there is one', async () => {
    expect((await imported({ text: 'text\none\ntwo\n', fileName: 'texts.csv' })).runs).toMatchObject([
      { text: 'one' },
      { text: 'two' },
    ]);
  });

  it('refuses pages of other sites', async () => {
    const headers = { origin: 'https://evil.example' };
    expect(await refusalOf(await bring({ text: 'x' }, anna, headers))).toMatchObject({
      status: 403,
      code: 'foreign_origin',
    });
  });

  it('gives no cookie to a browser that is refused, or if the store fails', async () => {
    expect((await bring({}, null)).headers.get('set-cookie')).toBeNull();
    vi.spyOn(rig.store, 'create').mockRejectedValue(new StoreError('full', 'The disk of this server is full.'));
    const response = await bring({ text: 'x' }, null);
    expect(response.headers.get('set-cookie')).toBeNull();
    expect(await refusalOf(response)).toMatchObject({ status: 503, code: 'store_full' });
  });

  it('stores all or nothing if the store fails midway', async () => {
    const file = await (await download(await finish(rig, anna, ['x']))).text();
    const titled = JSON.stringify({ ...z.record(z.string(), z.unknown()).parse(JSON.parse(file)), title: 'Titled' });
    vi.spyOn(rig.store, 'rename').mockRejectedValue(new StoreError('full', 'The disk of this server is full.'));
    const { ok } = await bring({ text: titled });
    const { experiments } = await rig.store.list({ owner: anna.owner, search: '', after: null, limit: 100 });
    expect(experiments.length).toBe(1 + Number(ok));
  });
});
