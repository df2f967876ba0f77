import { existsSync, readdirSync } from 'node:fs';
import { join, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it, vi } from 'vitest';
import { endpoints, forWatchers, pages } from '@/lib/api/addresses';
import { answerOf } from '@/lib/api/browser.fixture';
import { type ApiResult, apiClient } from '@/lib/api/client';
import { exportFormats } from '@/lib/api/formats';
import { exampleRecipe } from '@/lib/recipe/example';
import { maxProbeCalls } from '@/lib/recipe/probe';
import { scriptedRecipe } from '@/lib/server/scripted-provider.fixture';
import { freshServices, newVisitor, origin, type Visitor } from '@/lib/server/services.fixture';
import { StoreError } from '@/lib/store/store';

/*
 * The client of lib/api against the routes of this folder, without a network: every address has a route, every route an
 * address, and every answer is of the shape that lib/api says, with nothing in it that lib/api does not know.
 */

const app = fileURLToPath(new URL('..', import.meta.url));

/** '/e/[id]/embed' of 'app/(bare)/e/[id]/embed/page.tsx': groups in brackets are no part of an address. */
const addressOf = (file: string): string =>
  `/${file
    .split(sep)
    .slice(0, -1)
    .filter((part) => !part.startsWith('('))
    .join('/')}`;

const files = readdirSync(app, { recursive: true, encoding: 'utf8' });
const routeFiles = new Map(
  files
    .filter((file) => /\broute\.ts$/.test(file) && !file.includes('[[')) // not those of whatever does not exist
    .map((file) => [addressOf(file), file]),
);
const pageFiles = new Map(files.filter((file) => /\bpage\.tsx$/.test(file)).map((file) => [addressOf(file), file]));

/** The addresses as folders spell them. */
const everyEndpoint = [
  endpoints.start(),
  endpoints.probe,
  endpoints.list(),
  endpoints.import,
  ...[
    endpoints.experiment,
    endpoints.events,
    endpoints.stop,
    endpoints.runs,
    endpoints.share,
    endpoints.own,
    endpoints.replays,
  ].map((address) => address('[id]')),
  endpoints.exchange('[id]', '[run]'),
  endpoints.export('[id]', 'json'),
  endpoints.models,
  endpoints.quotas,
  endpoints.health,
  ...Object.values(forWatchers),
  endpoints.openApi,
  endpoints.seedling('[hash]'),
  endpoints.sapling('[hash]'),
].map((address) => address.split('?')[0]);

const everyPage = [
  pages.home,
  pages.permalink('[id]'),
  pages.embed('[id]'),
  pages.history,
  pages.explore,
  pages.exhibit('[slug]'),
  pages.batchRounding,
  pages.learn,
  pages.teachers,
  pages.lesson('[slug]'),
  pages.paper('[slug]', '[paper]'),
  pages.glossary,
  pages.apiReference,
];

describe('the addresses of lib/api', () => {
  it('are those of the routes, all of them', () => {
    const routes = [...routeFiles.keys()].filter((address) => address.startsWith('/api/'));
    expect(new Set(everyEndpoint)).toEqual(new Set(routes));
  });

  it('are those of the pages, all of them', () => {
    expect(new Set(everyPage)).toEqual(new Set(pageFiles.keys()));
    for (const picture of [pages.preview, pages.badge])
      expect(existsSync(join(app, picture('[id]'), 'route.ts'))).toBe(true);
  });

  it('lead to the page itself with a fragment', () => {
    expect(pages.draft('r=1.x')).toBe(`${pages.home}#r=1.x`);
    expect(pages.deletion('x', 't')).toBe(`${pages.permalink('x')}#delete=t`);
    expect(pages.term('seed')).toBe(`${pages.glossary}#seed`);
  });
});

const anna = newVisitor();

/** Sends a request to the route of its address, as the server would. */
async function toRoute(request: Request): Promise<Response> {
  const { pathname } = new URL(request.url);
  for (const [address, file] of routeFiles) {
    const names = [...address.matchAll(/\[(\w+)\]/g)].map(([, name = '']) => name);
    const found = new RegExp(`^${address.replaceAll(/\[\w+\]/g, '([^/]+)')}$`).exec(pathname);
    if (!found || (names.length > 0 && routeFiles.has(pathname))) continue;
    const handlers: Record<string, unknown> = await import(join(app, file));
    const handle = handlers[request.method];
    if (typeof handle !== 'function') throw new Error(`There is no ${request.method} ${address}.`);
    const params = Promise.resolve(Object.fromEntries(names.map((name, at) => [name, found[at + 1]])));
    return handle(request, { params });
  }
  throw new Error(`There is no route for ${pathname}.`);
}

/** A client as a browser has one, and the JSON that came last, as it was sent. */
function clientOf(visitor: Visitor) {
  const last: { json: unknown } = { json: undefined };
  const api = apiClient({
    origin,
    fetch: async (address, { headers, ...request }) => {
      const own = { ...headers, host: 'localhost:3000', cookie: visitor.cookie };
      const response = await toRoute(new Request(address, { ...request, headers: own }));
      if (response.headers.get('content-type') === 'application/json') last.json = await response.clone().json();
      return response;
    },
  });
  return { api, last };
}

const rig = freshServices();

const { api, last } = clientOf(anna);

/** Runs the example to its end. */
async function run(parent: string | null = null): Promise<string> {
  let id = '';
  for await (const { event } of await answerOf(api.start(exampleRecipe, { parent })))
    if (event.type === 'experiment-start') id = event.id;
  return id;
}

describe('an address of /api or /v1', () => {
  const programs = [...routeFiles].filter(([address]) => /^\/(api|v1)\//.test(address));
  const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'];

  it.each(programs)(
    '%s refuses the methods that it does not have, in its format, and says which it has',
    async (_, file) => {
      const handlers: Record<string, (request: Request, context: object) => Promise<Response>> = await import(
        join(app, file)
      );
      const options = await handlers.OPTIONS?.(new Request(origin, { method: 'OPTIONS' }), {});
      expect(options?.status).toBe(204);
      const refused = methods.filter((method) => !options?.headers.get('allow')?.split(', ').includes(method));
      expect(refused.length).toBeGreaterThan(0);
      for (const method of refused) {
        const response = await handlers[method]?.(new Request(origin, { method }), {});
        expect(response?.status).toBe(405);
        expect(response?.headers.get('allow')).toBe(options?.headers.get('allow'));
        expect(await response?.json()).toMatchObject({ error: { message: expect.stringContaining(method) } });
      }
    },
  );

  it.each(['/api/[[...path]]', '/v1/[[...path]]'])(
    'that does not exist (%s) is a 404 in the same format',
    async (address) => {
      const handlers: Record<string, (request: Request) => Response> = await import(join(app, address, 'route.ts'));
      for (const method of methods) {
        const response = await handlers[method]?.(new Request(`${origin}/x`, { method }));
        expect(response?.status).toBe(404);
        expect(await response?.json()).toMatchObject({ error: { code: expect.stringContaining('unknown_') } });
      }
    },
  );
});

describe('what /api answers', () => {
  it.each<[string, (id: string) => ApiResult<unknown>]>([
    ['GET experiment', (id) => api.experiment(id)],
    ['GET experiments', () => api.list({ limit: 5 })],
    ['GET exchange', (id) => api.exchange(id, 1)],
    ['GET own', (id) => api.own(id)],
    ['GET replays', (id) => api.replays(id)],
    ['PATCH experiment', (id) => api.rename(id, { title: 'Spring' })],
    ['POST share', (id) => api.share(id, { title: null })],
    ['POST stop', (id) => api.stop(id, { runs: [1] })],
    ['POST import', () => api.import({ text: '["one", "two"]', prompt: 'Count.' })],
    ['GET models', () => api.models()],
    ['GET quotas', () => api.quotas()],
    ['GET health', () => api.health()],
  ])('to %s has the shape of lib/api, and nothing else', async (_, ask) => {
    const first = await run();
    const id = await run(first);
    expect(await answerOf(ask(id))).toEqual(last.json);
  });

  it('to GET experiment has what a replay shows', async () => {
    const { comparison, replay } = await answerOf(api.experiment(await run(await run())));
    expect(comparison.compared).toBe(5);
    expect(replay?.pairs).toHaveLength(5);
  });

  it('to GET replays has the timeline of the recipe', async () => {
    await run();
    expect((await answerOf(api.replays(await run()))).drift?.rows).toHaveLength(2);
  });

  it('to DELETE is empty', async () => {
    const id = await run();
    expect(await answerOf(api.delete(id))).toBeNull();
    expect(await api.experiment(id)).toMatchObject({ error: { kind: 'refused', status: 404, code: 'not_found' } });
  });

  it('to GET events and POST runs is a stream', async () => {
    const started = await answerOf(api.start(scriptedRecipe(1)));
    const first = await started.next();
    const id = first.value?.event.type === 'experiment-start' ? first.value.event.id : '';
    rig.scripted.fail(1);
    for await (const _ of started);
    await rig.hub.get(id)?.over();
    expect(await countOf(await answerOf(api.follow(id)))).toBe(4);
    expect(await countOf(await answerOf(api.follow(id, 1)))).toBe(3);
    const again = await answerOf(api.runAgain(id));
    rig.scripted.end(1);
    expect(await countOf(again)).toBeGreaterThan(1);
  });

  it('to POST probe is a stream, and what it found is in GET experiment', async () => {
    let id = '';
    for await (const { event } of await answerOf(api.probe({ provider: 'seedling', model: 'seedling-1' })))
      if (event.type === 'experiment-start') id = event.id;
    const { probe, runs } = await answerOf(api.experiment(id));
    expect(last.json).toMatchObject({ probe });
    expect(runs.length).toBeLessThanOrEqual(maxProbeCalls);
    const states = Object.fromEntries((probe ?? []).map(({ parameter, state }) => [parameter, state]));
    expect(states).toMatchObject({ seed: 'effective', temperature: 'effective', logprobs: 'effective' });
    expect(await api.probe({ provider: 'seedling', model: 'seedling-7' })).toMatchObject({
      error: { code: 'unknown_model', param: 'request.model' },
    });
  });

  it('to GET export is a file in each format', async () => {
    const id = await run();
    for (const format of exportFormats) expect((await answerOf(api.export(id, format))).length).toBeGreaterThan(100);
  });

  it('to GET seedling is the counts, under their hash only', async () => {
    const { hash } = rig.endpoint.seedling;
    expect((await answerOf(api.seedling(hash))).locked).toBe(false);
    expect(await api.seedling('other')).toMatchObject({ error: { kind: 'refused', status: 404 } });
  });
});

async function countOf(events: AsyncIterable<unknown>): Promise<number> {
  let count = 0;
  for await (const _ of events) count++;
  return count;
}

describe('a store that fails', () => {
  it.each<[string, (id: string) => ApiResult<unknown>]>([
    ['POST experiments', () => api.start(exampleRecipe)],
    ['POST probe', () => api.probe({ provider: 'seedling', model: 'seedling-1' })],
    ['GET experiments', () => api.list()],
    ['POST import', () => api.import({ text: 'one\n---\ntwo' })],
    ['GET experiment', (id) => api.experiment(id)],
    ['PATCH experiment', (id) => api.rename(id, { title: null })],
    ['DELETE experiment', (id) => api.delete(id)],
    ['GET events', (id) => api.follow(id)],
    ['POST stop', (id) => api.stop(id)],
    ['POST runs', (id) => api.runAgain(id)],
    ['POST share', (id) => api.share(id)],
    ['GET exchange', (id) => api.exchange(id, 1)],
    ['GET own', (id) => api.own(id)],
    ['GET replays', (id) => api.replays(id)],
    ['GET export', (id) => api.export(id, 'csv')],
  ])('is what is wrong, in the answer to %s', async (_, ask) => {
    const failing = new StoreError('locked', 'Another program is using the database.');
    for (const method of ['create', 'find', 'findHead', 'list'] as const)
      vi.spyOn(rig.store, method).mockRejectedValue(failing);
    expect(await ask('A'.repeat(22))).toEqual({
      ok: false,
      error: {
        kind: 'refused',
        status: 503,
        code: 'store_locked',
        message: 'The store of experiments cannot be used at the moment. Another program is using the database.',
        param: null,
      },
    });
  });
});
