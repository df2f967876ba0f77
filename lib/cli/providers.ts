import { defined } from '@/lib/defined';
import type { NotAskable } from '@/lib/gate/problem';
import { armProvider, armRequests } from '@/lib/recipe/plan';
import type { Recipe } from '@/lib/recipe/recipe';
import { err, ok, type Result } from '@/lib/result';
import type { Provider } from '@/lib/run/provider';
import { readConfiguration } from '@/lib/server/configuration';
import { readEnvironment } from '@/lib/server/environment';
import type { ProviderOf } from '@/lib/server/live-experiment';
import { byChance } from '@/lib/server/load-balancing';
import { loadSapling, saplingPath } from '@/lib/server/load-sapling';
import { loadSeedling } from '@/lib/server/load-seedling';
import { makeProviders, type ProviderEntry } from '@/lib/server/providers';
import { engineInside, SaplingThread } from '@/lib/server/sapling-thread';
import { Turns } from '@/lib/server/turns';
import { BadUse } from './command';
import { asConfigured, type Sending, withSending } from './sending';
import type { World } from './world';

export type Providers = ReadonlyMap<string, ProviderEntry>;

/**
 * The providers that the operator has set, as the server has them, and how they are sent to. A model inside is loaded when it is first
 * asked. Throws BadUse.
 */
export function findProviders({ env, home }: World, sending: Sending = asConfigured): Providers {
  let seedling: ReturnType<typeof loadSeedling> | undefined;
  const sapling = new SaplingThread(() => engineInside(() => loadSapling(saplingPath(home))));
  const turns = new Turns();
  const inFlight = new Map<string, number>();
  try {
    const { providers } = readConfiguration(readEnvironment(env), env);
    const configured = providers.map((each) => withSending(each, sending));
    return makeProviders(configured, () => {
      seedling ??= loadSeedling(home);
      return { seedling, sapling, turns, inFlight, balance: byChance, rateLimit: () => Promise.resolve(0) };
    });
  } catch (error) {
    throw new BadUse(error instanceof Error ? error.message : String(error));
  }
}

/** The providers that a recipe names, by arm, if they are known and have its models. */
export function providersFor(providers: Providers, recipe: Recipe): Result<ProviderOf, NotAskable> {
  const found: Provider[] = [];
  for (const [arm, { model }] of armRequests(recipe).entries()) {
    const provider = armProvider(recipe, arm);
    const entry = providers.get(provider);
    if (!entry) return err({ kind: 'no-provider', provider, known: [...providers.keys()] });
    const known = entry.models?.map(({ id }) => id) ?? [model];
    if (!known.includes(model)) return err({ kind: 'no-model', provider, model, known });
    if (entry.needsKey) return err({ kind: 'no-key', provider });
    found.push(entry.provider);
  }
  return ok((arm) => defined(found[arm]));
}
