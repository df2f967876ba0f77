import type { Recipe } from '@/lib/recipe/recipe';
import { err, ok, type Result } from '@/lib/result';
import { endpoints } from './addresses';
import type { Answers } from './answers';
import type { EventStream } from './event-stream';
import type { ExportFormat } from './formats';
import { ownKeyHeader, type ProviderKeys, writeOwnKeys } from './own-keys';
import type { ApiProblem } from './problem';
import type { DeleteRequest, ImportRequest, ProbeRequest, RenameRequest, RunChoice, ShareRequest } from './requests';

type Body = ReadableStream<Uint8Array<ArrayBuffer>>;

/** As much of a response as the client reads. */
type Answered = {
  ok: boolean;
  status: number;
  body: Body | null;
  json(): Promise<unknown>;
  text(): Promise<string>;
};

type Sent = { method: string; headers: Record<string, string>; body: string | null; signal: AbortSignal | null };

/** What sends requests: a browser's `fetch`, Node's, or a test's. */
export type Fetch = (address: string, request: Sent) => Promise<Answered>;

/** `origin` is where the server is, as in 'http://127.0.0.1:3000'; '' for a page of its own. */
export type ClientOptions = { fetch: Fetch; origin?: string };

export type ApiResult<T> = Promise<Result<T, ApiProblem>>;

type Options = {
  body?: unknown;
  lastEventId?: number;
  keys?: ProviderKeys | undefined;
  signal?: AbortSignal | undefined;
};

/** A stream may be started at a pace (tokens a second), with keys of the visitor's own, and ended by a signal. */
type RunOptions = { pace?: number | null; keys?: ProviderKeys | undefined; signal?: AbortSignal | undefined };

export type ApiClient = ReturnType<typeof apiClient>;

/**
 * A client of /api, for a page, a program or a test. No method throws or rejects: what goes wrong is an ApiProblem. Streams
 * resolve as soon as the server begins to answer; reading one throws if its connection breaks.
 *
 *     const api = apiClient({ fetch, origin: 'http://127.0.0.1:3000' });
 *     const started = await api.start(recipe);
 *     if (started.ok) for await (const { event } of started.value) …
 */
export function apiClient({ fetch: send, origin = '' }: ClientOptions) {
  /** The response, whatever its status; a request that never got one is a problem. */
  const ask = async (method: string, path: string, options: Options = {}): ApiResult<Answered> => {
    const { body, signal = null } = options;
    const request = {
      ...{ method, headers: headersOf(options), signal },
      body: body === undefined ? null : JSON.stringify(body),
    };
    const answered = await send(origin + path, request).catch(() => null);
    return answered ? ok(answered) : err({ kind: 'unreachable' });
  };

  const askWell = async (method: string, path: string, options?: Options): ApiResult<Answered> => {
    const asked = await ask(method, path, options);
    return asked.ok && !asked.value.ok ? err(await readRefusal(asked.value)) : asked;
  };

  const read = async <Name extends keyof Answers>(
    name: Name,
    method: string,
    path: string,
    options?: Options,
  ): ApiResult<Answers[Name]> => {
    const asked = await askWell(method, path, options);
    return asked.ok ? readJson(name, asked.value) : asked;
  };

  const readBody = async (method: string, path: string, options?: Options): ApiResult<Body> => {
    const asked = await askWell(method, path, options);
    if (!asked.ok) return asked;
    const { body, status } = asked.value;
    return body ? ok(body) : err({ kind: 'unreadable', status });
  };

  const stream = async (method: string, path: string, options: Options): ApiResult<EventStream> => {
    const body = await readBody(method, path, options);
    if (!body.ok) return body;
    const reading = await loadReading();
    return reading ? ok(reading.readEvents(body.value)) : err({ kind: 'unreachable' });
  };

  return {
    /** Starts an experiment; with a parent, as a repeat of that one's recipe. */
    start: (recipe: Recipe, { pace, parent, keys, signal }: RunOptions & { parent?: string | null } = {}) =>
      stream('POST', endpoints.start({ pace, parent }), { body: recipe, keys, signal }),
    /** Starts the experiment that finds out what a model makes of its settings. */
    probe: (request: ProbeRequest, { keys, signal }: Omit<RunOptions, 'pace'> = {}) =>
      stream('POST', endpoints.probe, { body: request, keys, signal }),
    /** The stream of an experiment again, after the event with the number `after`; 0 for all of it. */
    follow: (id: string, after = 0, signal?: AbortSignal) =>
      stream('GET', endpoints.events(id), { ...(after > 0 ? { lastEventId: after } : {}), signal }),
    /** Runs again what is missing or failed. */
    runAgain: (id: string, choice: RunChoice = {}, { pace, keys, signal }: RunOptions = {}) =>
      stream('POST', endpoints.runs(id, { pace }), { body: choice, keys, signal }),
    stop: (id: string, choice: RunChoice = {}) => read('stop', 'POST', endpoints.stop(id), { body: choice }),

    list: (query: Parameters<typeof endpoints.list>[0] = {}) => read('list', 'GET', endpoints.list(query)),
    experiment: (id: string) => read('experiment', 'GET', endpoints.experiment(id)),
    /** What was sent for a run, and what came back beside its answer. */
    exchange: (id: string, run: number) => read('exchange', 'GET', endpoints.exchange(id, run)),
    own: (id: string) => read('own', 'GET', endpoints.own(id)),
    replays: (id: string) => read('replays', 'GET', endpoints.replays(id)),
    rename: (id: string, request: RenameRequest) =>
      read('rename', 'PATCH', endpoints.experiment(id), { body: request }),
    share: (id: string, request: ShareRequest = {}) => read('share', 'POST', endpoints.share(id), { body: request }),
    delete: async (id: string, request: DeleteRequest = {}): ApiResult<null> => {
      const asked = await askWell('DELETE', endpoints.experiment(id), { body: request });
      return asked.ok ? ok(null) : asked;
    },
    import: (request: ImportRequest) => read('import', 'POST', endpoints.import, { body: request }),
    /** The content of a download in this format. */
    export: async (id: string, format: ExportFormat): ApiResult<string> => {
      const asked = await askWell('GET', endpoints.export(id, format));
      return asked.ok ? readText(asked.value) : asked;
    },

    /** Providers with what they offer; those for which there is a key are asked with it. */
    models: (keys?: ProviderKeys) => read('models', 'GET', endpoints.models, { keys }),
    quotas: () => read('quotas', 'GET', endpoints.quotas),
    /** The server's health, even while it is failing. */
    health: async (): ApiResult<Answers['health']> => {
      const asked = await ask('GET', endpoints.health);
      return asked.ok ? readJson('health', asked.value) : asked;
    },
    /** The counts that Seedling writes from, as a gzip file. */
    seedling: (hash: string) => readBody('GET', endpoints.seedling(hash)),
    /** Sapling's weights and tokenizer, as they are shipped. */
    sapling: (hash: string) => readBody('GET', endpoints.sapling(hash)),
  };
}

const headersOf = ({ body, lastEventId, keys = {} }: Options): Record<string, string> => ({
  ...(body === undefined ? {} : { 'content-type': 'application/json' }),
  ...(lastEventId === undefined ? {} : { 'last-event-id': String(lastEventId) }),
  ...(Object.keys(keys).length === 0 ? {} : { [ownKeyHeader]: writeOwnKeys(keys) }),
});

/** What reads answers: a page loads it with the first that comes. Null if it cannot be loaded. */
const loadReading = () => import('./answers').catch(() => null);

async function readJson<Name extends keyof Answers>(name: Name, answered: Answered): ApiResult<Answers[Name]> {
  const [reading, json] = await Promise.all([loadReading(), answered.json().catch(() => undefined)]);
  if (!reading) return err({ kind: 'unreachable' });
  const answer = reading.readAnswer(name, json);
  return answer === null ? err({ kind: 'unreadable', status: answered.status }) : ok(answer);
}

async function readText(answered: Answered): ApiResult<string> {
  const text = await answered.text().catch(() => null);
  return text === null ? err({ kind: 'unreadable', status: answered.status }) : ok(text);
}

async function readRefusal(answered: Answered): Promise<ApiProblem> {
  const { status } = answered;
  const refusal = await readJson('refusal', answered);
  if (!refusal.ok) return refusal.error;
  const { code, message, param = null } = refusal.value.error;
  return { kind: 'refused', status, code, message, param };
}
