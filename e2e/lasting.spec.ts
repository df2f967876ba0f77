import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Numbered, readEvents } from '../lib/api/event-stream';
import type { RunEvent } from '../lib/run/events';
import { applyEvent, type Experiment } from '../lib/run/fold';
import { startPostgres, type TestServer } from '../lib/store/postgres.fixture';
import { test } from './support/own-server';
import { expect, WorkbenchPage } from './support/test';

/*
 * What outlives crashes and faults. Each test has servers of its own. (How often a crash loses nothing is counted in
 * bench/crash.bench.ts.)
 */

const recipe = (tokens: number, repeats = 4) => ({
  v: 1,
  provider: 'seedling',
  request: {
    model: 'seedling-1',
    messages: [{ role: 'user', content: 'Once upon a time' }],
    seed: 74,
    temperature: 1.3,
    max_completion_tokens: tokens,
  },
  repeats,
});

/** What a column says of a run that came to its end. */
const finished = /^(Done|Cut at \d+ tokens), /;

let postgres: TestServer | undefined;

test.afterEach(async () => {
  await postgres?.stop();
  postgres = undefined;
});

/** Starts an experiment; `until` says at which event to let go. */
async function begin(url: string, body: object, until: (event: RunEvent) => boolean) {
  const response = await fetch(`${url}/api/experiments?pace=40`, { method: 'POST', body: JSON.stringify(body) });
  const cookie = response.headers.get('set-cookie')?.split(';')[0] ?? '';
  const seen: Numbered[] = [];
  if (response.body)
    for await (const numbered of readEvents(response.body)) {
      seen.push(numbered);
      if (until(numbered.event)) break;
    }
  return { cookie, seen, id: seen[0]?.event.type === 'experiment-start' ? seen[0].event.id : '' };
}

const fold = (seen: readonly Numbered[]): Experiment | null =>
  seen.map(({ event }) => event).reduce<Experiment | null>(applyEvent, null);

test('a killed server has what was finished when it is back, shows what is missing, and can run it', async ({
  page,
  startOwn,
  newFolder,
}) => {
  const folder = newFolder();
  const first = await startOwn({ DATA_DIR: folder });
  const workbench = new WorkbenchPage(page);
  await page.goto(first.url);
  await workbench.fill({ Prompt: 'Once upon a time', Temperature: '1', Seeds: '3', 'Max tokens': '60' });
  await workbench.run();
  await expect(page).toHaveURL(/\/e\//);
  const path = new URL(page.url()).pathname;
  await expect(page.getByText(finished).first()).toBeVisible({ timeout: 15_000 });
  await page.context().setOffline(true); // so that the page cannot say goodbye before the server dies
  await first.kill();
  const done = await page.getByText(finished).count();
  await page.context().setOffline(false);
  const second = await startOwn({ DATA_DIR: folder });
  await page.goto(second.url + path);
  expect(await page.getByText(finished).count()).toBeGreaterThanOrEqual(done);
  const complete = page.getByRole('button', { name: /^Run the \d missing$/ });
  if (done < 3) await complete.click();
  await expect(page.getByText(finished)).toHaveCount(3, { timeout: 20_000 });
});

test('a reader that comes back to a restarted server gets everything once', async ({ startOwn, newFolder }) => {
  const folder = newFolder();
  const first = await startOwn({ DATA_DIR: folder });
  const { cookie, seen, id } = await begin(first.url, recipe(200, 6), ({ type }) => type === 'run-end');
  await first.kill();
  const second = await startOwn({ DATA_DIR: folder });
  const headers = { cookie, 'last-event-id': String(seen.at(-1)?.seq) };
  const again = await fetch(`${second.url}/api/experiments/${id}/events`, { headers });
  if (again.body) for await (const numbered of readEvents(again.body)) seen.push(numbered);
  const folded = fold(seen);
  expect(folded?.running).toBe(false);
  const stored = await (await fetch(`${second.url}/api/experiments/${id}`, { headers: { cookie } })).json();
  expect(folded?.runs).toEqual(stored.runs);
  expect(stored.runs.some((run: { status: string }) => run.status === 'ended')).toBe(true);
});

test('two instances on one PostgreSQL serve each other’s permalinks and follow along', async ({ startOwn }) => {
  postgres = await startPostgres();
  const DATABASE_URL = await postgres.create();
  const [one, other] = await Promise.all([startOwn({ DATABASE_URL }), startOwn({ DATABASE_URL })]);
  const response = await fetch(`${one.url}/api/experiments?pace=40`, {
    method: 'POST',
    body: JSON.stringify(recipe(120)),
  });
  const cookie = response.headers.get('set-cookie')?.split(';')[0] ?? '';
  const here: Numbered[] = [];
  const there: Numbered[] = [];
  let following: Promise<void> | undefined;
  const follow = async (id: string) => {
    const elsewhere = await fetch(`${other.url}/api/experiments/${id}/events`, { headers: { cookie } });
    if (elsewhere.body) for await (const numbered of readEvents(elsewhere.body)) there.push(numbered);
  };
  if (response.body)
    for await (const numbered of readEvents(response.body)) {
      here.push(numbered);
      if (numbered.event.type === 'experiment-start') following = follow(numbered.event.id);
    }
  await following;
  expect(fold(there)).toEqual(fold(here));
  const id = fold(here)?.id;
  const page = await fetch(`${other.url}/e/${id}`, { headers: { cookie } });
  expect(page.status).toBe(200);
  expect(await page.text()).toContain('4 of 4 runs identical.');
});

test('a server that loses PostgreSQL says so, turns its health red, and recovers by itself', async ({ startOwn }) => {
  test.setTimeout(90_000);
  postgres = await startPostgres();
  const server = await startOwn({ DATABASE_URL: await postgres.create() });
  expect((await fetch(`${server.url}/api/health`)).status).toBe(200);
  const started = Promise.withResolvers<void>();
  const going = begin(server.url, recipe(80), () => {
    started.resolve();
    return false;
  });
  await started.promise;
  await postgres.kill();
  const health = await fetch(`${server.url}/api/health`);
  expect(health.status).toBe(503);
  expect((await health.json()).store.problem).toMatch(/database/i);
  const refused = await fetch(`${server.url}/api/experiments`, { method: 'POST', body: JSON.stringify(recipe(5)) });
  expect(refused.status).toBe(503);
  expect((await refused.json()).error.code).toMatch(/^store_/);
  await postgres.restart();
  const { seen, id, cookie } = await going;
  expect(fold(seen)?.running).toBe(false);
  const stored = await (await fetch(`${server.url}/api/experiments/${id}`, { headers: { cookie } })).json();
  expect(stored.runs).toEqual(fold(seen)?.runs);
  await expect.poll(async () => (await fetch(`${server.url}/api/health`)).status).toBe(200);
});

test('the page says so when the data folder cannot be used, and works once it can', async ({
  page,
  startOwn,
  newFolder,
}) => {
  const folder = newFolder();
  const blocked = join(folder, 'data');
  writeFileSync(blocked, 'a file where the folder should be');
  const server = await startOwn({ DATA_DIR: blocked });
  expect((await fetch(`${server.url}/api/health`)).status).toBe(503);
  await page.goto(server.url);
  await page.waitForLoadState('networkidle');
  await page.getByLabel('Pace').selectOption('instant');
  await new WorkbenchPage(page).run();
  await expect(page.getByRole('alert').filter({ hasText: 'The store of experiments cannot be used' })).toBeVisible();
  rmSync(blocked);
  await new WorkbenchPage(page).run();
  await expect(page).toHaveURL(/\/e\//);
});

test('a second process on one data folder says so, and harms nothing', async ({ startOwn, newFolder }) => {
  const folder = newFolder();
  const first = await startOwn({ DATA_DIR: folder });
  const second = await startOwn({ DATA_DIR: folder });
  const refused = await fetch(`${second.url}/api/experiments`, { method: 'POST', body: JSON.stringify(recipe(5)) });
  expect(refused.status).toBe(503);
  expect((await refused.json()).error).toMatchObject({
    code: 'store_locked',
    message: expect.stringContaining('DATA_DIR'),
  });
  const { seen } = await begin(first.url, recipe(5), () => false);
  expect(fold(seen)?.runs.every(({ status }) => status === 'ended')).toBe(true);
  await first.kill();
  // The system takes the lock back a moment after the process is gone.
  await expect
    .poll(async () => {
      const taken = await fetch(`${second.url}/api/experiments`, { method: 'POST', body: JSON.stringify(recipe(5)) });
      await taken.body?.cancel();
      return taken.status;
    })
    .toBe(200);
});
