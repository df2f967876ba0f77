import { api } from '@/components/api/api';
import { type LensFailure, makeLens } from '@/lib/lens/lens';
import { readArtifact } from '@/lib/seedling/artifact';
import type { Counts } from '@/lib/seedling/counts';
import { serveRequests } from '@/lib/worker/serve';

async function load(hash: string): Promise<Counts | LensFailure> {
  const file = await api.seedling(hash);
  if (!file.ok) return file.error.kind === 'refused' && file.error.status === 404 ? 'other-version' : 'unreachable';
  const unzipped = new Response(file.value.pipeThrough(new DecompressionStream('gzip')));
  const bytes = await unzipped.arrayBuffer().catch(() => null);
  return bytes ? readArtifact(bytes) : 'unreachable';
}

const lens = makeLens(load);

// Keeps the page's own thread free: Seedling is loaded, and generates again, here.
serveRequests(self, async function* answerLens(request: Parameters<typeof lens>[0]) {
  yield await lens(request);
});
