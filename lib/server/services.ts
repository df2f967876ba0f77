import type { SeedlingEndpoint } from './chat-completions';
import { type Environment, readEnvironment } from './environment';
import { Hub } from './hub';
import { makeProviders, type ProviderEntry } from './providers';
import { limitByAddress } from './rate-limit';
import { loadSeedling } from './seedling';

export type Services = {
  environment: Environment;
  endpoint: () => SeedlingEndpoint;
  providers: Map<string, ProviderEntry>;
  hub: Hub;
};

// Pages, routes and instrumentation are separate bundles: only globalThis is one for all of them.
const shared = globalThis as typeof globalThis & { seedbedServices?: Services };

/** The one set of services of this process, made when first asked for. */
export function services(): Services {
  shared.seedbedServices ??= makeServices();
  return shared.seedbedServices;
}

function makeServices(): Services {
  const environment = readEnvironment();
  const endpoint = lazily(() => ({
    seedling: loadSeedling(),
    inFlight: new Map(),
    rateLimit: limitByAddress(environment.SEEDLING_REQUESTS_PER_MINUTE),
  }));
  return {
    environment,
    endpoint,
    providers: makeProviders(environment, endpoint),
    hub: new Hub(environment.RECONNECT_GRACE_MS),
  };
}

function lazily<T>(make: () => T): () => T {
  let made: { value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}
