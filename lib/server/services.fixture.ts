import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, vi } from 'vitest';
import { z } from 'zod';
import { endpoints } from '@/lib/api/addresses';
import { type Numbered, readEvents } from '@/lib/api/event-stream';
import type { Recipe } from '@/lib/recipe/recipe';
import { applyEvent, type Experiment } from '@/lib/run/fold';
import { RunRecord } from '@/lib/run/schema';
import { announcing } from '@/lib/store/announcing';
import { openStore } from '@/lib/store/open';
import type { NewExperiment, Store } from '@/lib/store/store';
import { watched } from '@/lib/store/watched';
import { takeLog } from '@/lib/telemetry/log.fixture';
import type { Metrics } from '@/lib/telemetry/metrics';
import { Aside } from './aside';
import { workerInside } from './aside.fixture';
import { Capabilities } from './capabilities';
import { Changes } from './changes';
import type { ModelEndpoint } from './chat-completions';
import { readConfiguration } from './configuration';
import { makeEndpoint } from './endpoint.fixture';
import { readEnvironment } from './environment';
import { startExperiment } from './experiments';
import { Hub } from './hub';
import { KeptAnswers } from './kept-answers';
import { watchStore } from './metrics';
import { makeProviders } from './providers';
import { ScriptedProvider, scriptedRecipe } from './scripted-provider.fixture';
import type { Services } from './services';
import { hashToken, newToken, signature } from './visitor';

const shared = globalThis as typeof globalThis & { seedbedServices?: Services; seedbedMetrics?: Metrics };

/** What the handlers under test use: a store in a new folder, and a scripted provider. */
export type Rig = {
  readonly hub: Hub;
  readonly store: Store;
  readonly scripted: ScriptedProvider;
  readonly capabilities: Capabilities;
  readonly endpoint: ModelEndpoint;
  readonly folder: string;
  /** As if the process had been killed and started again: what is stored stays, all else is new, `scripted` too. */
  restart(): Promise<void>;
  /** Removes all of it. */
  remove(): Promise<void>;
};

let loaded: ModelEndpoint | undefined;

/** Replaces the services of this process. `variables` are those of the environment. */
export function installServices(variables: Record<string, string> = {}): Rig {
  const folder = mkdtempSync(join(tmpdir(), 'seedbed-server-'));
  delete shared.seedbedMetrics;
  takeLog(); // a test that reads it takes it again
  loaded ??= makeEndpoint();
  const endpoint = loaded;
  const environment = readEnvironment({ NODE_ENV: 'test', DATA_DIR: folder, ...variables });
  const start = () => {
    const scripted = new ScriptedProvider();
    const configuration = readConfiguration(environment);
    const providers = makeProviders(configuration.providers, () => endpoint);
    providers.set('scripted', {
      ...{ id: 'scripted', name: 'Scripted', about: null, free: false, paced: false, continues: false },
      ...{ models: null, endpointPath: null, keyed: false, provider: scripted },
    });
    const kept = new KeptAnswers({ ms: 60_000, bytes: 1_000_000 });
    const changes = new Changes();
    const store = announcing(watched(openStore({ dataDir: folder }), watchStore), (id) => {
      kept.drop(id);
      changes.tell(id);
    });
    const capabilities = new Capabilities(store);
    const hub = new Hub(store, environment.RECONNECT_GRACE_MS, capabilities);
    const lookAround = async () => {};
    const aside = new Aside(workerInside);
    const services: Services = {
      environment,
      endpoint: () => endpoint,
      providers,
      lookAround,
      store,
      hub,
      capabilities,
      kept,
      changes,
      aside,
      cookieKey: async () => cookieKey,
      quotas: configuration.limits,
      streams: new Map(),
      held: new Map(),
    };
    shared.seedbedServices = services;
    return { ...services, scripted };
  };
  let current = start();
  return {
    get hub() {
      return current.hub;
    },
    get store() {
      return current.store;
    },
    get scripted() {
      return current.scripted;
    },
    get capabilities() {
      return current.capabilities;
    },
    endpoint,
    folder,
    async restart() {
      await current.store.close();
      current = start();
    },
    async remove() {
      delete shared.seedbedServices;
      current.hub.stopAll();
      await current.store.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Services of its own for each test of a file. After it they are removed, and timers and spies with them. */
export function freshServices(): Rig {
  let rig: Rig;
  beforeEach(() => {
    rig = installServices();
  });
  afterEach(async () => {
    vi.useRealTimers();
    vi.restoreAllMocks();
    await rig.remove();
  });
  return {
    get hub() {
      return rig.hub;
    },
    get store() {
      return rig.store;
    },
    get scripted() {
      return rig.scripted;
    },
    get capabilities() {
      return rig.capabilities;
    },
    get endpoint() {
      return rig.endpoint;
    },
    get folder() {
      return rig.folder;
    },
    restart: () => rig.restart(),
    remove: () => rig.remove(),
  };
}

/** With which the cookies of tests are signed. */
const cookieKey = 'the key of all tests';

/** A browser: the cookie that it sends, and the owner that the cookie stands for. */
export type Visitor = { cookie: string; owner: string };

export function newVisitor(): Visitor {
  const token = newToken();
  return { cookie: `seedbed_visitor=${token}.${signature(token, cookieKey)}`, owner: hashToken(token) };
}

export const origin = 'http://localhost:3000';

/** `as` null: a visitor without a cookie. */
export type Asked = { as?: Visitor | null; body?: BodyInit | object | null; headers?: Record<string, string> };

export function request(method: string, path: string, { as = null, body = null, headers = {} }: Asked = {}): Request {
  const cookie: Record<string, string> = as === null ? {} : { cookie: as.cookie };
  const plain = typeof body === 'object' && body !== null && Object.getPrototypeOf(body) === Object.prototype;
  return new Request(`${origin}${path}`, {
    method,
    body: plain ? JSON.stringify(body) : (body as BodyInit | null),
    headers: { host: 'localhost:3000', ...cookie, ...headers },
  });
}

/** All events of a response. */
export async function eventsOf(response: Response): Promise<Numbered[]> {
  const all: Numbered[] = [];
  if (response.body) for await (const event of readEvents(response.body)) all.push(event);
  return all;
}

export function folded(all: readonly Numbered[]): Experiment {
  const experiment = all.map(({ event }) => event).reduce<Experiment | null>(applyEvent, null);
  if (!experiment) throw new Error('There was no experiment-start.');
  return experiment;
}

/** Starts an experiment and reads as far as its id; `events` is what follows. */
export async function begin(recipe: Recipe, as: Visitor, query = '') {
  const response = await startExperiment(request('POST', endpoints.start() + query, { as, body: recipe }));
  if (!response.ok || !response.body) throw new Error(`There is no stream: ${await response.text()}`);
  const events = readEvents(response.body);
  const first = await events.next();
  if (first.done || first.value.event.type !== 'experiment-start') throw new Error('There was no experiment-start.');
  return { id: first.value.event.id, first: first.value, events };
}

/** Runs a scripted experiment in which each run says one of the texts, to its end. */
export async function finish(rig: Rig, as: Visitor, texts: readonly string[], query = ''): Promise<string> {
  const { id, events } = await begin(scriptedRecipe(texts.length), as, query);
  for (const [index, text] of texts.entries()) {
    rig.scripted.say(index + 1, text);
    rig.scripted.end(index + 1);
  }
  for await (const _ of events);
  await rig.hub.get(id)?.over();
  return id;
}

/** An experiment as a store is given it, of a scripted recipe. */
export const anExperiment = (id: string, change: Partial<NewExperiment> = {}): NewExperiment => ({
  id: id.padEnd(22, '-'),
  owner: 'nobody',
  recipe: scriptedRecipe(2),
  recipeHash: 'hash',
  createdAt: Date.now(),
  parent: null,
  origin: 'run',
  leaseUntil: 0,
  ...change,
});

const Refusal = z.strictObject({
  error: z.strictObject({ code: z.string(), message: z.string(), param: z.string().nullable() }),
});

/** What a response says is wrong. Throws if it is no refusal of ours. */
export async function refusalOf(response: Response) {
  const { code, message, param } = Refusal.parse(await response.json()).error;
  const complete = /\w.*[.?}]$/s.test(message) && response.headers.get('cache-control') === 'no-store';
  if (!complete) throw new Error(`A refusal needs a sentence and must not be kept: ${message}`);
  return { status: response.status, code, param };
}

/** What the tests read of the answer to GET. */
export const Shown = z.looseObject({
  id: z.string(),
  title: z.string().nullable(),
  sharedAt: z.string().nullable(),
  parent: z.string().nullable(),
  own: z.boolean(),
  runs: z.array(RunRecord),
  replay: z.looseObject({ sentence: z.string() }).nullable(),
});
