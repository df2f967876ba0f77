import type { TokenInfo } from '@/lib/run/events';
import type { RunRecord } from '@/lib/run/record';
import type { SeedlingRequest } from '@/lib/seedling/request';
import { parseFingerprint } from '@/lib/seedling/seedling';
import type { SeedlingRun } from './retrace';

/** A run of Seedling that can be retraced. `hash` names the counts that wrote it, `tag` the back end. */
export type RetraceableRun = Omit<SeedlingRun, 'backend'> & { hash: string; tag: string };

/**
 * Where the moments of a run come from: Seedling itself, which the run's fingerprint names; the logprobs that were stored
 * with the run; or nowhere.
 */
export type Source =
  | { kind: 'retraceable'; run: RetraceableRun }
  | { kind: 'logprobs'; tokens: readonly TokenInfo[]; text: string }
  | { kind: 'none' };

/** Where the moments of a run come from. `request` is what its arm asked for (see `armRequest`). */
export function sourceOf(record: RunRecord, request: SeedlingRequest & { seed?: number | null | undefined }): Source {
  const { text, tokens } = record;
  if (record.status === 'ended') {
    const { fingerprints, finish } = record;
    const [made] = fingerprints.flatMap((fingerprint) => parseFingerprint(fingerprint) ?? []);
    if (made?.backend.steady)
      return { kind: 'retraceable', run: { request, text, finish, hash: made.hash, tag: made.backend.tag } };
  }
  return tokens?.length ? { kind: 'logprobs', tokens, text } : { kind: 'none' };
}
