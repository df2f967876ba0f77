import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { endpoints, pages } from '../lib/api/addresses';
import { answerOf, Browser } from '../lib/api/browser.fixture';
import type { ApiClient } from '../lib/api/client';
import type { Numbered } from '../lib/api/event-stream';
import type { Recipe } from '../lib/recipe/recipe';
import type { RunEvent } from '../lib/run/events';
import { applyEvent, type Experiment } from '../lib/run/fold';
import { startPostgres, type TestServer } from '../lib/store/postgres.fixture';
import { type OwnServer, test } from './support/own-server';
import { expect, WorkbenchPage } from './support/test';

/*
 * What outlives crashes and faults. Each test has servers of its own. (How often a crash loses nothing is counted in
 * bench/crash.bench.ts.)
 */

const recipe = (tokens: number, repeats = 4): Recipe => ({
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

/** What a column says about a run that came to its end. */
const finished = /^(Done|Cut at \d+ tokens), /;

let postgres: TestServer | undefined;

test.afterEach(async () => {
  await postgres?.stop();
  postgres = undefined;
});

/** Starts an experiment; `until` says at which event to stop reading. */
async function begin(api: ApiClient, asked: Recipe, until: (event: RunEvent) => boolean) {
  const seen: Numbered[] = [];
  for await (const numbered of await answerOf(api.start(asked, { pace: 40 }))) {
    seen.push(numbered);
    if (until(numbered.event)) break;
  }
  return { seen, id: seen[0]?.event.type === 'experiment-start' ? seen[0].event.id : '' };
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
  await workbench.openFiveSeeds(first.url);
  await workbench.fill({ Prompt: 'Once upon a time', Temperature: '1', Seeds: '3', 'Max tokens': '60' });
  await workbench.run();
  await expect(page).toHaveURL(/\/e\//);
  const path = new URL(page.url()).pathname;
  await expect(page.getByText(finished).first()).toBeVisible({ timeout: 15_000 });
  await page.context().setOffline(true); // so that the page is not there when the server dies
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
  const browser = new Browser();
  const { seen, id } = await begin(browser.at(first.url), recipe(200, 6), ({ type }) => type === 'run-end');
  await first.kill();
  const second = await startOwn({ DATA_DIR: folder });
  const api = browser.at(second.url);
  for await (const numbered of await answerOf(api.follow(id, seen.at(-1)?.seq))) seen.push(numbered);
  const folded = fold(seen);
  expect(folded?.running).toBe(false);
  const stored = await answerOf(api.experiment(id));
  expect(folded?.runs).toEqual(stored.runs);
  expect(stored.runs.some(({ status }) => status === 'ended')).toBe(true);
});

test('two instances on one PostgreSQL serve each other’s permalinks and follow along', async ({ startOwn }) => {
  postgres = await startPostgres();
  const DATABASE_URL = await postgres.create();
  const [one, other] = await Promise.all([startOwn({ DATABASE_URL }), startOwn({ DATABASE_URL })]);
  const browser = new Browser();
  const here: Numbered[] = [];
  const there: Numbered[] = [];
  let following: Promise<void> | undefined;
  const follow = async (id: string) => {
    for await (const numbered of await answerOf(browser.at(other.url).follow(id))) there.push(numbered);
  };
  for await (const numbered of await answerOf(browser.at(one.url).start(recipe(120), { pace: 40 }))) {
    here.push(numbered);
    if (numbered.event.type === 'experiment-start') following = follow(numbered.event.id);
  }
  await following;
  expect(fold(there)).toEqual(fold(here));
  const page = await browser.fetch(other.url + pages.permalink(fold(here)?.id ?? ''));
  expect(page.status).toBe(200);
  expect(await page.text()).toContain('4 of 4 runs identical.');
});

test('what is deleted on one instance is soon gone from the other, though that keeps what it has rendered', async ({
  startOwn,
}) => {
  postgres = await startPostgres();
  const DATABASE_URL = await postgres.create();
  const [one, other] = await Promise.all([startOwn({ DATABASE_URL }), startOwn({ DATABASE_URL })]);
  const api = new Browser().at(one.url);
  const { id } = await begin(api, recipe(5), () => false);
  await expect(async () => void (await answerOf(api.share(id)))).toPass(); // its lease is given back a moment after its end
  const statusOn = async (server: OwnServer) => (await fetch(server.url + pages.permalink(id))).status;
  expect(await Promise.all([statusOn(one), statusOn(other)])).toEqual([200, 200]);
  await answerOf(api.delete(id));
  expect(await statusOn(one)).toBe(404);
  await expect.poll(() => statusOn(other), { timeout: 60_000 }).toBe(404);
});

test('a server that loses PostgreSQL says so, turns its health red, and recovers by itself', async ({ startOwn }) => {
  test.setTimeout(90_000);
  postgres = await startPostgres();
  const server = await startOwn({ DATABASE_URL: await postgres.create() });
  const api = new Browser().at(server.url);
  const statusNow = async () => (await answerOf(api.health())).status;
  expect(await statusNow()).toBe('ok');
  const started = Promise.withResolvers<void>();
  const going = begin(api, recipe(80), () => {
    started.resolve();
    return false;
  });
  await started.promise;
  await postgres.kill();
  expect((await fetch(server.url + endpoints.health)).status).toBe(503);
  expect((await answerOf(api.health())).store.problem).toMatch(/database/i);
  const refused = await api.start(recipe(5));
  expect(refused).toMatchObject({ error: { status: 503, code: expect.stringMatching(/^store_/) } });
  await postgres.restart();
  const { seen, id } = await going;
  expect(fold(seen)?.running).toBe(false);
  expect((await answerOf(api.experiment(id))).runs).toEqual(fold(seen)?.runs);
  await expect.poll(statusNow).toBe('ok');
});

test('the page says so when the data folder cannot be used, and works once it can', async ({
  page,
  startOwn,
  newFolder,
}) => {
  const folder = newFolder();
  const blocked = join(folder, 'data');
  const server = await startOwn({ DATA_DIR: blocked });
  // The server makes its folder anew if it comes first.
  await expect(() => {
    rmSync(blocked, { recursive: true, force: true });
    writeFileSync(blocked, 'a file where the folder should be');
  }).toPass();
  expect((await fetch(server.url + endpoints.health)).status).toBe(503);
  const workbench = new WorkbenchPage(page);
  await workbench.open(server.url);
  await new WorkbenchPage(page).choose('Pace', 'instant');
  await workbench.run();
  await expect(page.getByRole('alert').filter({ hasText: 'The store of experiments cannot be used' })).toBeVisible();
  rmSync(blocked);
  await workbench.run();
  await expect(page).toHaveURL(/\/e\//);
});

test('a second process on one data folder says so, and harms nothing', async ({ startOwn, newFolder }) => {
  const folder = newFolder();
  const first = await startOwn({ DATA_DIR: folder });
  const second = await startOwn({ DATA_DIR: folder });
  const browser = new Browser();
  const refused = await browser.at(second.url).start(recipe(5));
  expect(refused).toMatchObject({
    error: { status: 503, code: 'store_locked', message: expect.stringContaining('DATA_DIR') },
  });
  const { seen } = await begin(browser.at(first.url), recipe(5), () => false);
  expect(fold(seen)?.runs.every(({ status }) => status === 'ended')).toBe(true);
  await first.kill();
  // The system takes the lock back a moment after the process is gone.
  await expect
    .poll(async () => {
      const taken = await browser.at(second.url).start(recipe(5));
      if (taken.ok) await taken.value.return();
      return taken.ok;
    })
    .toBe(true);
});
