import { describeApi } from '@/lib/api/openapi';
import type {
  HealthResponse,
  ModelsResponse,
  OfferedProvider,
  ReadinessResponse,
  SeenCapability,
} from '@/lib/api/status';
import { jsonResponse } from '@/lib/http/json-response';
import { type Problem, problemResponse } from '@/lib/http/problem';
import { ok } from '@/lib/result';
import { urlOf } from '@/lib/run/events';
import type { Provider } from '@/lib/run/provider';
import { isStoreError } from '@/lib/store/store';
import { metrics } from '@/lib/telemetry/metrics';
import { ownKeysOf } from './own-keys';
import type { ProviderEntry } from './providers';
import { limitByAddress } from './rate-limit';
import { services } from './services';
import { versions } from './versions';

/**
 * GET /api/models: providers, what they can do, and the models they offer; those for which the visitor sends a key are asked with
 * that. A provider that does not list its models has an empty list, and the reason.
 */
export async function listModels(request: Request): Promise<Response> {
  const keys = ownKeysOf(request);
  if (!keys.ok) return problemResponse(keys.error);
  const seconds = keys.value.size > 0 ? await limitLists(request) : 0;
  if (seconds > 0) {
    metrics().limitHit('lists-with-keys minute');
    return problemResponse(tooManyLists(seconds));
  }
  await services().lookAround();
  const entries = [...services().providers.values()];
  return jsonResponse<ModelsResponse>({
    providers: await Promise.all(entries.map((entry) => toOffer(entry, keys.value.get(entry.id)))),
  });
}

/**
 * So many lists a minute may one address have asked for with keys of visitors, each of which is a call of its own: enough for a class,
 * and too few to try whose keys are good.
 */
const listsPerMinute = 120;
const limitLists = limitByAddress(listsPerMinute);

const tooManyLists = (seconds: number): Problem => ({
  status: 429,
  code: 'too_many_lists',
  message: `One network address may ask for models with keys of its own ${listsPerMinute} times a minute. Try again in ${seconds} s.`,
  retryAfter: seconds,
});

async function toOffer(entry: ProviderEntry, key: string | undefined): Promise<OfferedProvider> {
  const { id, name, about, free, paced, continues, models, provider, withKey, needsKey } = entry;
  const own = key === undefined ? undefined : withKey?.(key);
  const fixed = models || (needsKey && !own);
  const [listed, seen] = await Promise.all([fixed ? ok([]) : modelsOf(own ?? provider), capabilitiesOf(provider)]);
  const asked = listed.ok ? listed.value : [];
  return {
    ...{ id, name, about, free, paced, continues },
    ownKey: ownKeyIn(entry),
    ranges: provider.dialect?.ranges ?? {},
    endpoint: provider.endpoint,
    complete: models !== null,
    models:
      models ??
      asked.toSorted((a, b) => (a.id < b.id ? -1 : 1)).map((model) => ({ ...model, about: null, exact: false })),
    capabilities: seen,
    listProblem: listed.ok ? null : { code: listed.error.code, message: listed.error.message },
  };
}

/** What was seen of a provider's models; of one inside this server nothing is to be learned. */
async function capabilitiesOf({ endpoint }: Provider): Promise<SeenCapability[]> {
  const seen = endpoint ? await services().capabilities.of(urlOf(endpoint)) : [];
  const iso = (time: number): string => new Date(time).toISOString();
  return seen.map(({ at, before, ...rest }) => ({
    ...rest,
    at: iso(at),
    before: before && { state: before.state, at: iso(before.at) },
  }));
}

function ownKeyIn({ withKey, needsKey }: ProviderEntry): OfferedProvider['ownKey'] {
  if (needsKey) return 'must';
  return withKey ? 'may' : 'no';
}

/** How long a provider's list of models is given to whoever asks, so that many who ask are one call. */
const modelsMs = 30_000;
const known = new WeakMap<Provider, { listed: ReturnType<Provider['models']>; until: number }>();

/** The models that a provider lists, or why it does not. */
function modelsOf(provider: Provider): ReturnType<Provider['models']> {
  const last = known.get(provider);
  if (last && last.until > performance.now()) return last.listed;
  const listed = provider.models();
  known.set(provider, { listed, until: performance.now() + modelsMs });
  return listed;
}

/** GET /api/health: 200 if experiments can be run and kept, else 503. */
export async function getHealth(): Promise<Response> {
  const { store, hub, providers } = services();
  const problem = await troubleWithStore();
  const ok = problem === null && !hub.ending;
  const health: HealthResponse = {
    status: ok ? 'ok' : 'failing',
    version: versions().seedbed,
    store: { engine: store.engine, problem },
    ending: hub.ending,
    providers: [...providers.keys()],
    calls: [...providers.values()].flatMap(({ id, provider: { line } }) =>
      line ? [{ provider: id, inFlight: line.inFlight, waiting: line.waiting }] : [],
    ),
  };
  return jsonResponse(health, { status: ok ? 200 : 503 });
}

/** GET /api/health/live: 200 for as long as this process answers. One that does not should be started again. */
export function getLive(): Response {
  return jsonResponse<ReadinessResponse>({ status: 'ok' });
}

/** GET /api/health/ready: 503 while visitors should be sent elsewhere: the store is away, or this process is about to end. */
export async function getReady(): Promise<Response> {
  const ok = !services().hub.ending && (await troubleWithStore()) === null;
  return jsonResponse<ReadinessResponse>({ status: ok ? 'ok' : 'failing' }, { status: ok ? 200 : 503 });
}

const troubleWithStore = (): Promise<string | null> =>
  services()
    .store.check()
    .then(
      () => null,
      (error: unknown) => (isStoreError(error) ? error.message : 'The store failed.'),
    );

/** GET /api/openapi.json */
export function getOpenApi(): Response {
  return jsonResponse(describeApi(versions().seedbed));
}
