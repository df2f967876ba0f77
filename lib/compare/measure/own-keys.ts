import type { RunRecord } from '@/lib/run/record';

/** Which runs were made with a key of the visitor's own, whether those are all, and in which of them it stood in the answer. */
export type OwnKeyUse = { all: boolean; runs: number[]; masked: number[] };

export function ownKeyUse(runs: readonly RunRecord[]): OwnKeyUse {
  const sent = runs.filter((record) => record.status !== 'queued');
  const own = sent.filter(({ key }) => key === 'visitor');
  const masked = own.filter((record) => record.status === 'ended' && record.notes?.includes('key_masked'));
  return {
    all: own.length === sent.length,
    runs: own.map(({ run }) => run),
    masked: masked.map(({ run }) => run),
  };
}
