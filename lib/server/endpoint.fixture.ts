import { seedlingModels } from '@/lib/seedling/backends';
import { fingerprintOf } from '@/lib/seedling/seedling';
import type { ModelEndpoint } from './chat-completions';
import { byChance } from './load-balancing';
import { loadSapling } from './load-sapling';
import { loadSeedling } from './load-seedling';
import { engineInside, SaplingThread } from './sapling-thread';
import { Turns } from './turns';

/** The endpoint as on the server, without a rate limit; Sapling writes in this thread. */
export const makeEndpoint = (): ModelEndpoint => ({
  seedling: loadSeedling(),
  sapling: new SaplingThread(() => engineInside(loadSapling)),
  turns: new Turns(),
  inFlight: new Map(),
  balance: byChance,
  rateLimit: async () => 0,
});

/** The fingerprint of the exact model. */
export const exactFingerprint = ({ seedling }: ModelEndpoint): string =>
  fingerprintOf(seedling, seedlingModels[0].backends[0]);
