import { readdirSync, readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { takeLog } from '@/lib/telemetry/log.fixture';
import { getExchange } from './exchange';
import { getExperiment } from './experiment';
import { listExperiments, startExperiment } from './experiments';
import { exportExperiment } from './files';
import { listReplays } from './replays';
import { scriptedRecipe } from './scripted-provider.fixture';
import { eventsOf, folded, installServices, newVisitor, type Rig, request } from './services.fixture';
import { shareExperiment } from './sharing';
import { getHealth, listModels } from './status';

/** Not of a form that anything could know for a key's. */
const canary = 'canary74the-operators-own-key';

/** What a server says to whoever asks; it was sent `key`. */
type Answer = (key: string) => { status: number; headers?: Record<string, string>; body: string };

let server: Server;
let answer: Answer;
let received: string[];
let rig: Rig;
const anna = newVisitor();

beforeEach(async () => {
  received = [];
  server = createServer((asked, response) => {
    const key = asked.headers.authorization?.replace('Bearer ', '') ?? '';
    received.push(key);
    const { status, headers, body } = answer(key);
    response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  rig = installServices({
    OPENAI_API_KEY: canary,
    OPENAI_BASE_URL: `http://127.0.0.1:${port}/v1`,
    OPENAI_MAX_RETRIES: '0',
  });
});
afterEach(async () => {
  vi.restoreAllMocks();
  await rig.remove();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

const stream = 'text/event-stream';
const chunk = (content: string, finish: string | null) =>
  `data: ${JSON.stringify({ model: 'm', system_fingerprint: 'fp_1', choices: [{ index: 0, delta: { content }, finish_reason: finish }] })}\n\n`;
const refusal = (message: string, more: object = {}) => JSON.stringify({ error: { message, type: 'x', ...more } });

const answers: Record<string, Answer> = {
  'that answers': () => ({
    status: 200,
    headers: { 'content-type': stream, 'x-request-id': 'req_1' },
    body: `${chunk('Hello.', 'stop')}data: [DONE]\n\n`,
  }),
  'that refuses the key and repeats it': (key) => ({
    status: 401,
    body: refusal(`Incorrect API key provided: ${key}. Bearer ${key}`, { code: 'invalid_api_key' }),
  }),
  'that fails and repeats the request': (key) => ({ status: 500, body: refusal(`authorization: Bearer ${key}`) }),
  'that names the key as the parameter': (key) => ({ status: 400, body: refusal('No.', { param: key, code: key }) }),
  'that repeats the key in its request id': (key) => ({
    status: 200,
    headers: { 'content-type': stream, 'x-request-id': `req for ${key}` },
    body: `${chunk('Hello.', 'stop')}data: [DONE]\n\n`,
  }),
  'that repeats the key in its headers': (key) => ({
    status: 200,
    headers: { 'content-type': stream, server: key, authorization: `Bearer ${key}`, 'x-ratelimit-for': `1;${key}` },
    body: `${chunk('Hello.', 'stop')}data: [DONE]\n\n`,
  }),
  'that repeats the key in names': (key) => ({
    status: 200,
    headers: { 'content-type': stream },
    body: `data: ${JSON.stringify({
      model: `model of ${key}`,
      system_fingerprint: `fp_${key}`,
      choices: [{ index: 0, delta: { content: 'Hello.' }, finish_reason: `stop ${key}` }],
    })}\n\ndata: [DONE]\n\n`,
  }),
  'that repeats the key among its models': (key) => ({
    status: 200,
    body: JSON.stringify({ object: 'list', data: [{ id: `for ${key}`, object: 'model' }] }),
  }),
  'that fails midway and repeats the key': (key) => ({
    status: 200,
    headers: { 'content-type': stream },
    body: `${chunk('Hel', null)}data: ${refusal(`The key ${key} is used up.`)}\n\n`,
  }),
  'that answers with something else': (key) => ({ status: 200, body: `<html>${key}</html>` }),
};

const formats = ['json', 'csv', 'markdown', 'python', 'typescript', 'curl', 'pack', 'batch', 'promptfoo'];

/** All bytes of the database: the file, its log, whatever lies beside them. */
const stored = (): string =>
  readdirSync(rig.folder)
    .map((name) => readFileSync(join(rig.folder, name), 'latin1'))
    .join('\n');

describe('the operator’s key', () => {
  it.each(Object.entries(answers))('is in no file and no answer, with a provider %s', async (_, said) => {
    answer = said;
    const printed = (['error', 'warn', 'log', 'info', 'debug'] as const).map((method) =>
      vi.spyOn(console, method).mockImplementation(() => undefined),
    );
    const logged = takeLog();
    const recipe = { ...scriptedRecipe(2), provider: 'openai' };
    const told = await eventsOf(await startExperiment(request('POST', '/api/experiments', { as: anna, body: recipe })));
    const { id } = folded(told);
    await rig.hub.get(id)?.over();
    expect(received).toEqual([canary, canary]);
    const get = (path = '/') => request('GET', path, { as: anna });
    const texts = [
      JSON.stringify(told),
      await (await shareExperiment(request('POST', '/', { as: anna }), id)).text(),
      await (await getExperiment(get(), id)).text(),
      await (await getExchange(get(), id, '1')).text(),
      await (await listReplays(get(), id)).text(),
      await (await listExperiments(get())).text(),
      await (await listModels(get())).text(),
      await (await getHealth()).text(),
      JSON.stringify(printed.map(({ mock }) => mock.calls)),
      logged.join(''),
    ];
    for (const format of formats) texts.push(await (await exportExperiment(get(`/?format=${format}`), id)).text());
    for (const text of texts) expect(text).not.toContain(canary);
    const before = stored();
    await rig.store.close();
    for (const bytes of [before, stored()]) {
      expect(bytes).toContain(id);
      expect(bytes).not.toContain(canary);
      expect(bytes).not.toContain(Buffer.from(canary).toString('base64').slice(0, 20));
    }
  });
});
