import { api } from '@/components/api/api';
import { type LensAnswer, type LensFailure, type LensRequest, makeLens } from '@/lib/lens/lens';
import { readArtifact } from '@/lib/seedling/artifact';
import type { Counts } from '@/lib/seedling/counts';

export type LensMessage = { id: number; ask: LensRequest };
export type LensReply = { id: number; answer: LensAnswer };

async function load(hash: string): Promise<Counts | LensFailure> {
  const file = await api.seedling(hash);
  if (!file.ok) return file.error.kind === 'refused' && file.error.status === 404 ? 'other-version' : 'unreachable';
  const unzipped = new Response(file.value.pipeThrough(new DecompressionStream('gzip')));
  const bytes = await unzipped.arrayBuffer().catch(() => null);
  return bytes ? readArtifact(bytes) : 'unreachable';
}

const lens = makeLens(load);

// The page's own thread stays free: Seedling is read, and writes again, here.
self.onmessage = ({ data: { id, ask } }: MessageEvent<LensMessage>) => {
  const reply = (answer: LensAnswer) => self.postMessage({ id, answer } satisfies LensReply);
  lens(ask).then(reply).catch(self.reportError);
};
