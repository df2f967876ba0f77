import { type LensAnswer, type LensAsk, type LensFailure, makeLens } from '@/lib/lens/lens';
import { readArtifact } from '@/lib/seedling/artifact';
import type { Counts } from '@/lib/seedling/counts';

export type LensMessage = { id: number; ask: LensAsk };
export type LensReply = { id: number; answer: LensAnswer };

async function load(hash: string): Promise<Counts | LensFailure> {
  const response = await fetch(`/api/seedling/${hash}`).catch(() => null);
  if (response?.status === 404) return 'other-version';
  return response?.ok ? readArtifact(await response.arrayBuffer()) : 'unreachable';
}

const lens = makeLens(load);

// The page's own thread stays free: Seedling is read, and writes again, here.
self.onmessage = async ({ data: { id, ask } }: MessageEvent<LensMessage>) => {
  const reply: LensReply = {
    id,
    answer: await lens(ask).catch(() => ({ kind: 'failed', why: 'unreachable' }) as const),
  };
  self.postMessage(reply);
};
