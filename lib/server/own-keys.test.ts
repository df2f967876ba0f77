import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { endpoints } from '@/lib/api/addresses';
import { exportFormats } from '@/lib/api/formats';
import { ownKeyHeader } from '@/lib/api/own-keys';
import { keyForms } from '@/lib/openai/keys.fixture';
import type { Recipe } from '@/lib/recipe/recipe';
import { takeLog } from '@/lib/telemetry/log.fixture';
import { addressHeader } from './address';
import { getExchange } from './exchange';
import { getExperiment } from './experiment';
import { listExperiments, startExperiment, startProbe } from './experiments';
import { exportExperiment } from './files';
import { getMetrics } from './metrics';
import { describePermalink, openPermalink } from './permalink';
import { listReplays } from './replays';
import { anna, askOf } from './requests.fixture';
import { followExperiment, rerunExperiment } from './runs';
import { eventsOf, folded, installServices, type Rig, refusalOf, request } from './services.fixture';
import { getPreview, shareExperiment } from './sharing';
import { getHealth, listModels } from './status';

const canary = 'sk-proj-4f9aQ2vXw81LmZ-77_canaryKEY';
const operators = 'sk-operators-own-key-1234';

/** What a server says to whoever asks; it was sent `key`, with the nth call. */
type Answer = (key: string, call: number) => { status: number; headers?: Record<string, string>; body: string };

let server: Server;
let answer: Answer;
let received: string[];
let folder: string;
let rig: Rig;

beforeEach(async () => {
  received = [];
  answer = () => streamed(['Hello.']);
  server = createServer((asked, response) => {
    const key = asked.headers.authorization?.replace('Bearer ', '') ?? '';
    if (asked.method === 'POST') received.push(key);
    const { status, headers, body } = answer(key, received.length);
    response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`;
  vi.stubEnv('OPERATORS_KEY', operators);
  folder = mkdtempSync(join(tmpdir(), 'seedbed-keys-'));
  const SEEDBED_CONFIG = join(folder, 'config.json');
  const providers = [
    { id: 'must', visitorKeys: true },
    { id: 'may', visitorKeys: true, keyVariable: 'OPERATORS_KEY' },
    { id: 'no', keyVariable: 'OPERATORS_KEY' },
  ];
  writeFileSync(
    SEEDBED_CONFIG,
    JSON.stringify({ providers: providers.map((each) => ({ ...each, baseUrl, maxRetries: 0 })) }),
  );
  rig = installServices({ SEEDBED_CONFIG });
});
afterEach(async () => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
  await rig.remove();
  rmSync(folder, { recursive: true });
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

const streamed = (texts: readonly string[], last: object = {}, headers: Record<string, string> = {}) => {
  const chunk = (value: object) => `data: ${JSON.stringify({ model: 'm', ...value })}\n\n`;
  const pieces = texts.map((content) => chunk({ choices: [{ index: 0, delta: { content }, finish_reason: null }] }));
  const end = chunk({ choices: [{ index: 0, delta: {}, finish_reason: 'stop' }], ...last });
  return {
    status: 200,
    headers: { 'content-type': 'text/event-stream', ...headers },
    body: `${pieces.join('')}${end}data: [DONE]\n\n`,
  };
};

const recipeOf = (provider: string, change: Partial<Recipe> = {}): Recipe => ({
  v: 1,
  provider,
  request: { model: 'm', messages: [{ role: 'user', content: 'Go.' }], logprobs: true, top_logprobs: 2 },
  repeats: 2,
  ...change,
});

const withKeys = (value: string): Record<string, string> => ({ [ownKeyHeader]: value });
const start = (recipe: Recipe, value?: string): Promise<Response> =>
  startExperiment(
    request('POST', endpoints.start(), { as: anna, body: recipe, headers: value === undefined ? {} : withKeys(value) }),
  );
const get = (path = '/') => request('GET', path, { as: anna });

/** Runs a recipe to its end. */
async function run(recipe: Recipe, value?: string) {
  const told = await eventsOf(await start(recipe, value));
  const experiment = folded(told);
  await rig.hub.get(experiment.id)?.over();
  return { ...experiment, told };
}

describe('a visitor’s own key', () => {
  it.each([
    ['must', `must=${canary}`, [canary, canary], 'visitor'],
    ['may', `may=${canary}`, [canary, canary], 'visitor'],
    ['may', undefined, [operators, operators], undefined],
    ['no', undefined, [operators, operators], undefined],
  ])('is sent where it is meant for, and nothing else: %s, with %s', async (provider, value, sent, key) => {
    const { id, runs } = await run(recipeOf(provider), value);
    expect(received).toEqual(sent);
    expect(runs.map((each) => 'key' in each && each.key)).toEqual(key ? [key, key] : [false, false]);
    const stored = await rig.store.find(id);
    expect(stored?.runs.map((each) => each.key)).toEqual([key, key]);
  });

  it('goes to its own provider only, where a recipe asks several', async () => {
    const arms = [
      { set: {}, provider: 'must' },
      { set: {}, provider: 'may' },
      { set: {}, provider: 'no' },
    ];
    const recipe = recipeOf('no', { repeats: 1, arms });
    const { runs } = await run(recipe, `must=${canary} may=${canary.replace('77', '78')}`);
    expect(received.toSorted()).toEqual([canary, canary.replace('77', '78'), operators].toSorted());
    expect(runs.map((each) => ('key' in each ? each.key : null))).toEqual(['visitor', 'visitor', null]);
  });

  it.each([
    ['must', undefined, 'key_needed'],
    ['no', `no=${canary}`, 'unwanted_key'],
    ['may', `must=${canary}`, 'unwanted_key'],
    ['may', `maybe=${canary}`, 'unwanted_key'],
    ['seedling', `seedling=${canary}`, 'unwanted_key'],
    ['may', canary, 'invalid_key'],
    ['may', 'may=short', 'invalid_key'],
    ['may', `may=${canary} may=${canary}`, 'invalid_key'],
    ['may', `may=${'k'.repeat(513)}`, 'invalid_key'],
  ])('is refused, and nothing is sent: %s, with %s', async (provider, value, code) => {
    const recipe = recipeOf(provider);
    const asked = { ...recipe, request: { ...recipe.request, model: provider === 'seedling' ? 'seedling-1' : 'm' } };
    const response = await start(asked, value);
    expect(await response.clone().text()).not.toContain(canary);
    expect(await refusalOf(response)).toMatchObject({ status: 400, code });
    expect(received).toEqual([]);
  });

  it('may not stand in what is asked, which is stored', async () => {
    const messages = [{ role: 'user' as const, content: `My key is ${canary}.` }];
    const response = await start(recipeOf('must', { request: { model: 'm', messages } }), `must=${canary}`);
    expect(await refusalOf(response)).toMatchObject({ status: 400, code: 'key_in_recipe' });
  });

  it('is wanted again for what is missing, also where the operator has one', async () => {
    answer = (_, call) => (call === 1 ? { status: 500, body: '{}' } : streamed(['Hello.']));
    const { id } = await run(recipeOf('may'), `may=${canary}`);
    const again = (headers: Record<string, string>) =>
      askOf(rerunExperiment, id, request('POST', endpoints.runs(id), { as: anna, body: {}, headers }));
    expect(await refusalOf(await again({}))).toMatchObject({ status: 400, code: 'key_needed' });
    const other = canary.replace('77', '78');
    await eventsOf(await again(withKeys(`may=${other}`)));
    expect(received).toEqual([canary, canary, other]);
    expect((await rig.store.find(id))?.runs.map(({ status, key }) => [status, key])).toEqual([
      ['ended', 'visitor'],
      ['ended', 'visitor'],
    ]);
  });

  it('is wanted again where the process died before a run was over', async () => {
    const { id } = await run(recipeOf('may'), `may=${canary}`);
    const stored = await rig.store.find(id);
    if (!stored) throw new Error('It is not stored.');
    await rig.store.remove(id);
    const { runs: _, title: __, sharedAt: ___, deleteHash: ____, ...begun } = stored;
    await rig.store.create(begun);
    expect(JSON.stringify(await rig.store.find(id))).not.toContain(canary);
    const again = request('POST', endpoints.runs(id), { as: anna, body: {} });
    expect(await refusalOf(await askOf(rerunExperiment, id, again))).toMatchObject({ status: 400, code: 'key_needed' });
    expect(received).toEqual([canary, canary]);
  });

  it('probes, and lists the models that it may ask', async () => {
    const probing = { provider: 'must', model: 'm' };
    const asked = request('POST', endpoints.probe, { as: anna, body: probing, headers: withKeys(`must=${canary}`) });
    await eventsOf(await startProbe(asked));
    expect(new Set(received)).toEqual(new Set([canary]));
    answer = (key) => ({ status: 200, body: JSON.stringify({ data: [{ id: key === canary ? 'mine' : 'theirs' }] }) });
    const list = async (headers: Record<string, string>) => {
      const response = await listModels(request('GET', endpoints.models, { as: anna, headers }));
      const { providers } = (await response.json()) as {
        providers: { id: string; ownKey: string; models: { id: string }[] }[];
      };
      return providers.slice(1, 4).map(({ id, ownKey, models }) => [id, ownKey, models.map((model) => model.id)]);
    };
    expect(await list({})).toEqual([
      ['must', 'must', []],
      ['may', 'may', ['theirs']],
      ['no', 'no', ['theirs']],
    ]);
    expect(await list(withKeys(`must=${canary}`))).toEqual([
      ['must', 'must', ['mine']],
      ['may', 'may', ['theirs']],
      ['no', 'no', ['theirs']],
    ]);
  });
});

/** An answer that holds a text in every place that an answer has. */
function everywhere(said: string) {
  const pieces = said.match(/.{1,3}/gs) ?? [];
  const token = (text: string) => ({ token: text, logprob: -1, bytes: [...new TextEncoder().encode(text)] });
  const chunk = (text: string) => ({
    model: `m ${said}`,
    system_fingerprint: `fp_${said}`,
    choices: [
      {
        index: 0,
        delta: { content: text, reasoning_content: text },
        logprobs: { content: [{ ...token(text), top_logprobs: [token(text), token(said)] }] },
        finish_reason: null,
      },
    ],
  });
  const end = { choices: [{ index: 0, delta: {}, finish_reason: `stop ${said}` }] };
  return [...['It is ', ...pieces, '.'].map(chunk), end].map((each) => `data: ${JSON.stringify(each)}\n\n`).join('');
}

const inHeader = (text: string): string => text.replace(/[^\x20-\x7e]/g, ' ');

/** Ways in which servers give away what they were sent. */
const leaks: Record<string, (said: string) => ReturnType<Answer>> = {
  'in its answer': (said) => ({
    status: 200,
    headers: { 'content-type': 'text/event-stream', 'x-request-id': `req ${inHeader(said)}` },
    body: `${everywhere(said)}data: [DONE]\n\n`,
  }),
  'in an answer that breaks off': (said) => ({
    status: 200,
    headers: { 'content-type': 'text/event-stream' },
    body: everywhere(said).split('\n\n').slice(0, 4).join('\n\n'),
  }),
  'in an answer that fails midway': (said) => ({
    status: 200,
    headers: { 'content-type': 'text/event-stream' },
    body: `${everywhere(said).split('\n\n').slice(0, -2).join('\n\n')}\n\ndata: ${JSON.stringify({ error: { message: said, param: said, code: said } })}\n\n`,
  }),
  'in a refusal': (said) => ({
    status: 401,
    body: JSON.stringify({ error: { message: said, param: said, code: said } }),
  }),
  'on a page': (said) => ({ status: 500, headers: { 'content-type': 'text/html' }, body: `<title>${said}</title>` }),
  'as plain text': (said) => ({ status: 502, headers: { 'content-type': 'text/plain' }, body: said }),
};

/** All bytes of the database: the file, its log, whatever lies beside them. */
const stored = (): string =>
  readdirSync(rig.folder)
    .map((name) => readFileSync(join(rig.folder, name), 'latin1'))
    .join('\n');

/** The forms of the key that a text holds: as they are, escaped once or twice, or with other signs between their letters. */
function formsIn(text: string): string[] {
  const escaped = (form: string) => JSON.stringify(form).slice(1, -1);
  const letters = lettersOf(text);
  return Object.entries(keyForms).flatMap(([name, form]) => {
    const said = form(canary);
    const found = [said, escaped(said), escaped(escaped(said))].some((each) => text.includes(each));
    return found || letters.includes(lettersOf(said)) ? [name] : [];
  });
}

const lettersOf = (text: string): string => text.replace(/[^A-Za-z0-9]/g, '').toLowerCase();

describe('the canary', () => {
  const ways = Object.keys(leaks).flatMap((leak) =>
    Object.keys(keyForms).map((form): [string, string] => [leak, form]),
  );

  it.each(ways)('is nowhere, when the server repeats it %s, %s', async (leak, name) => {
    answer = (key) => leaks[leak]?.(keyForms[name]?.(key) ?? '') ?? streamed([]);
    const printed = (['error', 'warn', 'log', 'info', 'debug'] as const).map((method) =>
      vi.spyOn(console, method).mockImplementation(() => undefined),
    );
    const written = vi.spyOn(process.stderr, 'write');
    const logged = takeLog();
    const { id, told } = await run(recipeOf('must'), `must=${canary}`);
    expect(received).toEqual([canary, canary]);
    const follow = await askOf(followExperiment, id, get());
    const page = await openPermalink(id, { cookies: anna.cookie, address: null });
    const shared = await (await shareExperiment(request('POST', '/', { as: anna }), id)).text();
    const texts: Record<string, string> = {
      events: JSON.stringify(told),
      'events again': await follow.text(),
      page: JSON.stringify([page, describePermalink(page)]),
      shared,
      'page of somebody else': JSON.stringify(await openPermalink(id, { cookies: null, address: null })),
      preview: await (await getPreview(get(), id)).text(),
      experiment: await (await getExperiment(get(), id)).text(),
      replays: await (await listReplays(get(), id)).text(),
      history: await (await listExperiments(get())).text(),
      models: await (await listModels(request('GET', '/', { as: anna, headers: withKeys(`must=${canary}`) }))).text(),
      health: await (await getHealth()).text(),
      exchange: await (await getExchange(get(), id, '1')).text(),
      printed: JSON.stringify([...printed, written].map(({ mock }) => mock.calls)),
      log: logged.join(''),
      metrics: await (await getMetrics(request('GET', '/', { headers: { [addressHeader]: '127.0.0.1' } }))).text(),
    };
    for (const format of exportFormats)
      texts[format] = await (await exportExperiment(get(`/?format=${format}`), id)).text();
    texts.stored = stored();
    await rig.store.close();
    texts['stored when closed'] = stored();
    expect(texts.stored).toContain(id);
    expect(Object.entries(texts).flatMap(([sink, text]) => formsIn(text).map((form) => [sink, form]))).toEqual([]);
  });
});
