import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { join } from 'node:path';
import { readEvents } from '../lib/api/event-stream';
import { test } from './support/own-server';
import { expect } from './support/test';

const messages = [{ role: 'user', content: 'Once upon a time' }];
/** Runs that would go on for minutes. */
const slowly = (url: string): Promise<Response> =>
  fetch(`${url}/api/experiments?pace=5`, {
    method: 'POST',
    body: JSON.stringify({
      ...{ v: 1, provider: 'seedling', repeats: 3 },
      request: { model: 'seedling-1', messages, max_completion_tokens: 4096, temperature: 2, seed: 14 },
    }),
  });

test('the server moves on to a free port, and says so, if its own is taken', async ({ startOwn, newFolder }) => {
  const taken = createServer().listen(0, '127.0.0.1');
  await once(taken, 'listening');
  const { port } = taken.address() as AddressInfo;
  const server = await startOwn({ PORT: String(port), DATA_DIR: newFolder() });
  const { port: other } = new URL(server.url);
  expect(server.said()).toContain(`Port ${port} is taken; using ${other} instead.`);
  expect((await fetch(`${server.url}/api/health`)).status).toBe(200);
  taken.close();
});

test('an environment that cannot be used ends the start with what is wrong', async ({ startOwn }) => {
  const starting = startOwn({ RETENTION_DAYS: '100000', OPENAI_BASE_URL: 'localhost:8281/v1' });
  await expect(starting).rejects.toThrow(/RETENTION_DAYS[\s\S]*OPENAI_BASE_URL|OPENAI_BASE_URL[\s\S]*RETENTION_DAYS/);
});

test('an address that is none of this machine ends the start, too', async ({ startOwn }) => {
  await expect(startOwn({ HOST: '192.0.2.1' })).rejects.toThrow(/HOST and PORT are not usable: .*192\.0\.2\.1/);
});

test('a folder in which nothing can be kept ends the start', async ({ startOwn, newFolder }) => {
  const file = join(newFolder(), 'file');
  writeFileSync(file, '');
  await expect(startOwn({ DATA_DIR: join(file, 'data') })).rejects.toThrow(/DATA_DIR/);
});

test('a damaged database is told before an address is, and never that all is ready', async ({
  startOwn,
  newFolder,
}) => {
  const DATA_DIR = newFolder();
  writeFileSync(join(DATA_DIR, 'seedbed.sqlite'), 'This is no database.'.repeat(500));
  const server = await startOwn({ DATA_DIR });
  expect(server.said()).toMatch(/Experiments cannot be kept.*Seedbed answers, though it keeps nothing yet, at/s);
  expect(server.said()).not.toContain('is ready');
  expect((await fetch(`${server.url}/api/health/ready`)).status).toBe(503);
  expect((await fetch(`${server.url}/learn`)).status).toBe(200);
});

test('a configuration that cannot be used ends the start with the place of each mistake', async ({
  startOwn,
  newFolder,
}) => {
  const SEEDBED_CONFIG = join(newFolder(), 'seedbed.config.json');
  const provider = { id: 'a', baseUrl: 'http://localhost:1/v1', keyVariable: 'KEY_THAT_IS_NOT_SET', atOnce: 0 };
  writeFileSync(SEEDBED_CONFIG, JSON.stringify({ providers: [provider] }));
  const said = await startOwn({ SEEDBED_CONFIG }).catch(String);
  expect(said).toContain('providers[0].atOnce');
  expect(said).toContain('KEY_THAT_IS_NOT_SET is not set');
});

test('several providers are offered, and one without a key too', async ({ startOwn, newFolder }) => {
  const DATA_DIR = newFolder();
  const SEEDBED_CONFIG = join(DATA_DIR, 'seedbed.config.json');
  const providers = [
    { id: 'one', name: 'One', baseUrl: 'http://localhost:1/v1' },
    { id: 'two', baseUrl: 'https://two.example/openai/v1', keyVariable: 'TWO_KEY', models: ['luna'] },
  ];
  writeFileSync(SEEDBED_CONFIG, JSON.stringify({ providers, localServers: false }));
  const server = await startOwn({
    DATA_DIR,
    SEEDBED_CONFIG,
    TWO_KEY: 'sk-two',
    OPENAI_BASE_URL: 'http://localhost:2/v1',
  });
  const models = await (await fetch(`${server.url}/api/models`)).json();
  expect(models.providers).toMatchObject([
    { id: 'seedling' },
    { id: 'openai', name: 'localhost:2', models: [] },
    { id: 'one', name: 'One', models: [] },
    { id: 'two', name: 'two.example', complete: true, models: [{ id: 'luna' }] },
  ]);
});

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
  test(`${signal} ends the server cleanly, even while an experiment runs`, async ({ startOwn, newFolder }) => {
    const server = await startOwn({ DATA_DIR: newFolder() });
    const response = await slowly(server.url);
    expect(await server.end(signal)).toBe(0);
    expect(await response.text()).toContain('"finish":"aborted"');
    await expect(fetch(`${server.url}/api/health`)).rejects.toThrow();
  });

test('an experiment that no page follows is stored before the process ends', async ({ startOwn, newFolder }) => {
  const DATA_DIR = newFolder();
  const first = await startOwn({ DATA_DIR });
  const response = await slowly(first.url);
  const cookie = response.headers.get('set-cookie')?.split(';')[0] ?? '';
  let id = '';
  if (response.body)
    for await (const { event } of readEvents(response.body)) {
      if (event.type === 'experiment-start') id = event.id;
      if (event.type === 'text-delta') break;
    }
  expect(await first.end('SIGTERM')).toBe(0);
  const second = await startOwn({ DATA_DIR });
  const { runs } = await (await fetch(`${second.url}/api/experiments/${id}`, { headers: { cookie } })).json();
  expect(runs).toMatchObject(Array(3).fill({ status: 'ended', finish: 'aborted' }));
});

test('one address may ask Seedling’s endpoint only so often, whatever its headers claim', async ({
  startOwn,
  newFolder,
}) => {
  const server = await startOwn({ DATA_DIR: newFolder(), SEEDLING_REQUESTS_PER_MINUTE: '2' });
  const ask = async (claimed: string) => {
    const headers = { 'x-seedbed-address': claimed, 'x-forwarded-for': claimed, 'content-type': 'application/json' };
    const body = JSON.stringify({ model: 'seedling-1', messages, max_completion_tokens: 1 });
    return (await fetch(`${server.url}/v1/chat/completions`, { method: 'POST', headers, body })).status;
  };
  expect([await ask('192.0.2.1'), await ask('192.0.2.2'), await ask('192.0.2.3')]).toEqual([200, 200, 429]);
  // The playground's own runs do not come over the network.
  expect((await slowly(server.url)).status).toBe(200);
});
