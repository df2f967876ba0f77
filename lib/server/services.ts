import { announcing } from '@/lib/store/announcing';
import { openStore } from '@/lib/store/open';
import type { Store } from '@/lib/store/store';
import { watched } from '@/lib/store/watched';
import { log } from '@/lib/telemetry/log';
import { hashAddress } from './address';
import { allowanceIn } from './allowance';
import { Aside } from './aside';
import { Capabilities } from './capabilities';
import { Changes } from './changes';
import type { ModelEndpoint } from './chat-completions';
import { forOwnKeysOnly, readConfiguration } from './configuration';
import { type Environment, readEnvironment } from './environment';
import { Hub } from './hub';
import { KeptAnswers } from './kept-answers';
import { byChance } from './load-balancing';
import { saplingPath } from './load-sapling';
import { loadSeedling } from './load-seedling';
import { localServers } from './local-servers';
import { watchRateLimit, watchStore } from './metrics';
import { makeProviders, type ProviderEntry } from './providers';
import type { Quotas } from './quota-settings';
import { seedlingCounters } from './quotas';
import { limitByAddress, limitInStore } from './rate-limit';
import { engineAside, SaplingThread } from './sapling-thread';
import { Turns } from './turns';

export type Services = {
  environment: Environment;
  endpoint: () => ModelEndpoint;
  providers: Map<string, ProviderEntry>;
  /** brings `providers` up to date with the servers on this machine */
  lookAround: () => Promise<void>;
  store: Store;
  hub: Hub;
  capabilities: Capabilities;
  kept: KeptAnswers;
  changes: Changes;
  aside: Aside;
  /** with which cookies are signed; one for all who share the store */
  cookieKey: () => Promise<string>;
  quotas: Quotas;
  /** how many streams of events are open, by whoever reads them */
  streams: Map<string, number>;
  /** how many bytes of answers are held until they are read, by whoever reads them */
  held: Map<string, number>;
};

/** How many bytes of answers are kept, and for how long in milliseconds. */
const keptBytes = 64 * 1024 * 1024;
const keptMs = 20_000;

/** How long an experiment may wait for others to end, in milliseconds, where as many run as may. */
const placeMs = 5000;

// Pages, routes and instrumentation are separate bundles: only globalThis is one for all of them.
const shared = globalThis as typeof globalThis & { seedbedServices?: Services };

/** The one set of services of this process, made when it is first used. */
export function services(): Services {
  shared.seedbedServices ??= makeServices();
  return shared.seedbedServices;
}

/** The number of days after which unshared experiments are deleted; 0 if they are kept. */
export const retentionDays = (): number => services().environment.RETENTION_DAYS;

function makeServices(): Services {
  const environment = readEnvironment();
  const kept = new KeptAnswers({ ms: keptMs, bytes: keptBytes });
  const opened = openStore({ databaseUrl: environment.DATABASE_URL, dataDir: environment.DATA_DIR });
  const changes = new Changes();
  const store = announcing(watched(opened, watchStore), (id) => {
    kept.drop(id);
    changes.tell(id);
  });
  const cookieKey = keeping(() => store.secret('cookies'));
  const perMinute = environment.SEEDLING_REQUESTS_PER_MINUTE;
  // A process that has its store alone need not write each request to the disk.
  const rateLimit =
    store.engine === 'sqlite'
      ? limitByAddress(perMinute)
      : limitInStore(store, perMinute, async (address) => hashAddress(address, await cookieKey()));
  const endpoint = lazily(() => ({
    seedling: loadSeedling(),
    sapling: new SaplingThread(
      () => engineAside(saplingPath()),
      (error) => log().error({ error }, 'Sapling broke off.'),
    ),
    turns: new Turns(),
    inFlight: new Map(),
    balance: byChance,
    rateLimit: watchRateLimit(rateLimit),
    allowance: allowanceIn(store, seedlingCounters),
  }));
  const capabilities = new Capabilities(store);
  const configuration = readConfiguration(environment);
  const providers = makeProviders([...configuration.providers, ...forOwnKeysOnly(configuration)], endpoint);
  return {
    environment,
    endpoint,
    providers,
    lookAround: configuration.localServers ? localServers(providers) : async () => {},
    store,
    hub: new Hub(store, environment.RECONNECT_GRACE_MS, capabilities, placeMs),
    capabilities,
    kept,
    changes,
    aside: new Aside(),
    cookieKey,
    quotas: configuration.limits,
    streams: new Map(),
    held: new Map(),
  };
}

/** What `ask` resolved to first; asked again only if that failed. */
function keeping<T>(ask: () => Promise<T>): () => Promise<T> {
  let kept: Promise<T> | undefined;
  return () => {
    kept ??= ask().catch((error) => {
      kept = undefined;
      throw error;
    });
    return kept;
  };
}

function lazily<T>(make: () => T): () => T {
  let made: { value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}
