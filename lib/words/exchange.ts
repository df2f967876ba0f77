import type { SharedRequest } from '@/lib/compare/measure/shared-request';
import { capital, listed } from './english';
import { sayRuns } from './runs';

/**
 * Which other runs had the same request, and what differs: "Runs 1, 2 of 6 had this very request. Between requests differ: seed."
 * Of a single run '' is said.
 */
export function saySharedRequest({ same, known, differing: { keys, url } }: SharedRequest): string {
  if (known.length < 2) return '';
  if (same.length === known.length) return `All ${known.length} runs had this very request.`;
  const who = capital(sayRuns(same));
  const parts = [...(url ? ['the address'] : []), ...keys];
  return `${who} of ${known.length} had this very request. What is not the same in all requests: ${listed(parts)}.`;
}
