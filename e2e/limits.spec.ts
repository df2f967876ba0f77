import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { request as httpRequest, type IncomingMessage } from 'node:http';
import { connect } from 'node:net';
import { join } from 'node:path';
import { answerOf, Browser } from '../lib/api/browser.fixture';
import type { Recipe } from '../lib/recipe/recipe';
import { startPostgres } from '../lib/store/postgres.fixture';
import { type OwnServer, test } from './support/own-server';
import { expect, WorkbenchPage } from './support/test';

/*
 * Who may come in, and how much they may use. Each test has a server of its own.
 */

const lesson: Recipe = {
  ...{ v: 1, provider: 'seedling', repeats: 5 },
  request: {
    ...{ model: 'seedling-1', seed: 7, temperature: 1, max_completion_tokens: 30 },
    messages: [{ role: 'user', content: 'Write a haiku about the moon.' }],
  },
};

/** The configuration file of a server with these limits. */
function limited(folder: string, limits: object): { DATA_DIR: string; SEEDBED_CONFIG: string } {
  const SEEDBED_CONFIG = join(folder, 'seedbed.config.json');
  writeFileSync(SEEDBED_CONFIG, JSON.stringify({ providers: [], localServers: false, limits }));
  return { DATA_DIR: folder, SEEDBED_CONFIG };
}

/** The status of a request with headers that `fetch` would not send. */
async function statusOf(url: string, path: string, headers: Record<string, string>): Promise<number | undefined> {
  const { hostname, port } = new URL(url);
  const asked = httpRequest({ host: hostname, port, path, headers }).end();
  const [response] = (await once(asked, 'response')) as [IncomingMessage];
  response.resume();
  return response.statusCode;
}

const start = (url: string, headers: Record<string, string> = {}): Promise<Response> =>
  fetch(`${url}/api/experiments`, { method: 'POST', body: JSON.stringify(lesson), headers });

test('thirty browsers behind one address run a lesson at once, and none is refused', async ({
  startOwn,
  newFolder,
}) => {
  const { url } = await startOwn({ DATA_DIR: newFolder() });
  const run = async (): Promise<number> => {
    let ended = 0;
    for await (const { event } of await answerOf(new Browser().at(url).start(lesson)))
      if (event.type === 'run-end') ended++;
    return ended;
  };
  expect(await Promise.all(Array.from({ length: 30 }, run))).toEqual(Array(30).fill(5));
});

test('the form says which limit is near before Run, and what was refused says when there is more', async ({
  page,
  startOwn,
  newFolder,
}) => {
  const { url } = await startOwn(limited(newFolder(), { visitor: { hour: { experiments: 6, runs: 12 } } }));
  const workbench = new WorkbenchPage(page);
  await workbench.openFiveSeeds(url);
  const near = page.getByRole('status').filter({ hasText: 'an hour' });
  await workbench.run();
  await expect(near).toBeHidden();
  await workbench.run();
  await expect(near).toHaveText(/^One visitor may make 12 runs an hour\. This asks for 5 runs, and 2 runs are left\./);
  await workbench.run().catch(() => undefined);
  await expect(page.getByRole('alert').filter({ hasText: 'Try again in' })).toContainText('2 runs are left');
  await expect(near).toBeHidden();
});

test('addresses are those that the configured proxies tell, and no others', async ({ startOwn, newFolder }) => {
  const limits = { address: { hour: { experiments: 1 } } };
  const proxied = await startOwn({ ...limited(newFolder(), limits), TRUSTED_PROXIES: '1' });
  const from = async ({ url }: OwnServer, forwarded: string) =>
    (await start(url, { 'x-forwarded-for': forwarded })).status;
  expect(await from(proxied, 'made up, 192.0.2.1')).toBe(200);
  expect(await from(proxied, 'made up again, 192.0.2.1')).toBe(429);
  expect(await from(proxied, '192.0.2.2')).toBe(200);
  const direct = await startOwn(limited(newFolder(), limits));
  expect([await from(direct, '192.0.2.1'), await from(direct, '192.0.2.2')]).toEqual([200, 429]);
});

test('two instances on one PostgreSQL count together, and one stops what the other runs', async ({
  startOwn,
  newFolder,
}) => {
  const postgres = await startPostgres();
  try {
    const DATABASE_URL = await postgres.create();
    const { SEEDBED_CONFIG } = limited(newFolder(), { visitor: { hour: { experiments: 2 } } });
    const [one, other] = await Promise.all([1, 2].map(() => startOwn({ DATABASE_URL, SEEDBED_CONFIG })));
    const browser = new Browser();
    const [here, there] = [browser.at(one?.url ?? ''), browser.at(other?.url ?? '')];
    const endings: string[] = [];
    for await (const { event } of await answerOf(here.start(lesson, { pace: 1 }))) {
      if (event.type === 'experiment-start') await answerOf(there.stop(event.id));
      if (event.type === 'run-end') endings.push(event.finish);
    }
    expect(endings).toEqual(Array(5).fill('aborted'));
    for await (const _ of await answerOf(there.start(lesson)));
    expect(await here.start(lesson)).toMatchObject({ error: { status: 429, code: 'limit_reached' } });
  } finally {
    await postgres.stop();
  }
});

test('a name that leads here without being ours is refused', async ({ startOwn, newFolder }) => {
  const { url } = await startOwn({ DATA_DIR: newFolder(), PUBLIC_URL: 'https://seedbed.example' });
  const at = (host: string) => statusOf(url, '/api/models', { host });
  expect([await at('evil.example'), await at('seedbed.example'), await at('localhost:1')]).toEqual([421, 200, 200]);
});

test('a server that others can reach says so, and what protects it', async ({ startOwn, newFolder }) => {
  const server = await startOwn({ DATA_DIR: newFolder(), HOST: '0.0.0.0' });
  await expect.poll(server.said).toContain('It listens at 0.0.0.0, port');
  expect(server.said()).toContain('No password is asked for; ACCESS_PASSWORD sets one.');
  expect(server.said()).toContain('until PUBLIC_URL says at which address');
});

test('a password lets browsers and programs in, and nobody else', async ({ browser, startOwn, newFolder }) => {
  const password = 'correct-horse';
  const { url } = await startOwn({ DATA_DIR: newFolder(), ACCESS_PASSWORD: password });
  expect((await fetch(`${url}/api/health`)).status).toBe(200);
  for (const path of ['/', '/api/models', '/v1/models', '/learn'])
    expect([path, (await fetch(url + path)).status]).toEqual([path, 401]);
  const authorization = `Bearer ${password}`;
  expect((await fetch(`${url}/v1/models`, { headers: { authorization } })).status).toBe(200);
  const context = await browser.newContext({ httpCredentials: { username: 'class', password } });
  const workbench = new WorkbenchPage(await context.newPage());
  await workbench.openFiveSeeds(url);
  await workbench.choose('Pace', 'instant');
  await workbench.run();
  await expect(workbench.verdict('3 of 5 runs identical, 2 variants. First difference at word 4.')).toBeVisible();
  await context.close();
});

const head = 'POST /api/experiments HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\n';
for (const [what, text] of [
  ['an idle connection', ''],
  ['half-sent headers', head],
  ['a half-sent body', `${head}content-length: 100\r\n\r\n{"v":`],
] as const)
  test(`${what} does not keep the server from ending`, async ({ startOwn, newFolder }) => {
    const server = await startOwn({ DATA_DIR: newFolder() });
    const socket = connect(Number(new URL(server.url).port), '127.0.0.1');
    await once(socket, 'connect');
    socket.write(text);
    socket.on('error', () => undefined);
    const cut = new Promise((resolve) => socket.resume().once('close', resolve));
    expect(await server.end('SIGTERM')).toBe(0);
    await cut;
  });

test('every answer has the headers that OWASP lists', async ({ request }) => {
  for (const path of ['/', '/history', '/e/x', '/api/models', '/v1/models', '/theme.js', '/nothing']) {
    const headers = (await request.get(path)).headers();
    expect(headers, path).toMatchObject({
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-embedder-policy': 'require-corp',
      'cross-origin-resource-policy': path.startsWith('/v1') ? 'cross-origin' : 'same-origin',
      'x-frame-options': 'DENY',
      'x-permitted-cross-domain-policies': 'none',
      'permissions-policy': expect.stringContaining('camera=()'),
      'content-security-policy': expect.stringContaining("default-src 'none'"),
    });
  }
});

test('what is private is kept by no cache, and what is the same for all for half a minute', async ({ request }) => {
  for (const path of ['/history', '/e/AAAAAAAAAAAAAAAAAAAAAA', '/api/experiments', '/api/quotas'])
    expect((await request.get(path)).headers()['cache-control'], path).toContain('no-store');
  for (const path of ['/', '/learn', '/explore'])
    expect((await request.get(path)).headers()['cache-control'], path).toBe(
      'public, max-age=0, s-maxage=30, must-revalidate',
    );
});
