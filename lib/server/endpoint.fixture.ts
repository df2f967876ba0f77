import { seedlingModels } from '@/lib/seedling/backends';
import { fingerprintOf } from '@/lib/seedling/seedling';
import type { SeedlingEndpoint } from './chat-completions';
import { byChance } from './load-balancing';
import { loadSeedling } from './load-seedling';
import { Turns } from './turns';

/** Seedling's endpoint as on the server, without a rate limit. */
export const makeEndpoint = (): SeedlingEndpoint => ({
  seedling: loadSeedling(),
  turns: new Turns(),
  inFlight: new Map(),
  balance: byChance,
  rateLimit: async () => 0,
});

/** The fingerprint of the exact model. */
export const exactFingerprint = ({ seedling }: SeedlingEndpoint): string =>
  fingerprintOf(seedling, seedlingModels[0].backends[0]);
