import type { Quota } from '@/lib/api/quotas';
import type { Estimate } from './estimate';

/** A limit that matters to what a form asks for. `passed`: it asks for more than is left. */
export type Nearest = { quota: Quota; asked: number; passed: boolean };

/** Less than this share of a limit is worth telling. */
const little = 0.2;
/** As the server counts a call that limits no tokens. */
const usualTokens = 1024;

/**
 * Of the limits that running a form would pass the one that holds longest, or else the one of which the smallest share is left, if it
 * is little.
 */
export function nearestQuota(quotas: readonly Quota[], estimate: Estimate): Nearest | null {
  const all = quotas.flatMap((quota): Nearest[] => {
    const asked = askedOf(quota, estimate);
    return asked === null ? [] : [{ quota, asked, passed: asked > quota.left }];
  });
  const [least] = all
    .filter(({ quota: { left, limit } }) => left < little * limit)
    .toSorted((a, b) => share(a.quota) - share(b.quota));
  const [passed] = all.filter(({ passed }) => passed).toSorted((a, b) => roomAgainIn(b) - roomAgainIn(a));
  return passed ?? least ?? null;
}

/** In how many seconds there may be room for it again; never for what is more than the limit by itself. */
const roomAgainIn = ({ quota: { limit, seconds }, asked }: Nearest): number =>
  asked > limit ? Number.MAX_SAFE_INTEGER : (seconds ?? 0);

const share = ({ left, limit }: Quota): number => left / limit;

/** How much of it a form asks for; null if none. A byte, where it is not known how many. */
function askedOf({ what }: Quota, { calls, tokens, free }: Estimate): number | null {
  const written = tokens ?? calls * usualTokens;
  switch (what) {
    case 'experiments':
    case 'bytes':
      return 1;
    case 'runs':
      return calls;
    case 'tokens':
      return free ? null : written;
    case 'seedling-tokens':
      return free ? written : null;
  }
}
