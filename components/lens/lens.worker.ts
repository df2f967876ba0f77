import { api } from '@/components/api/api';
import { type Fetching, type LensAnswer, type LensFailure, type LensRequest, makeLens, runsOf } from '@/lib/lens/lens';
import type { ModelByTag, ModelName } from '@/lib/lens/lens-model';
import { saplingByTag } from '@/lib/lens/sapling-model';
import { seedlingByTag } from '@/lib/lens/seedling-model';
import { readArtifact } from '@/lib/sapling/artifact';
import { Sapling } from '@/lib/sapling/sapling';
import { readArtifact as readCounts } from '@/lib/seedling/artifact';
import { serveRequests } from '@/lib/worker/serve';

type Body = ReadableStream<Uint8Array<ArrayBuffer>>;

const makers: Record<ModelName, (body: Body, hash: string) => Promise<ModelByTag>> = {
  seedling: async (body, hash) => {
    const unzipped = new Response(body.pipeThrough(new DecompressionStream('gzip')));
    return seedlingByTag(readCounts(await unzipped.arrayBuffer()), hash);
  },
  sapling: async (body) => {
    const bytes = new Uint8Array(await new Response(body).arrayBuffer());
    return saplingByTag(new Sapling(readArtifact(bytes)));
  },
};

const fetched = new Set<ModelName>();

async function load(model: ModelName, hash: string): Promise<ModelByTag | LensFailure> {
  const file = await api[model](hash);
  if (!file.ok) return file.error.kind === 'refused' && file.error.status === 404 ? 'other-version' : 'unreachable';
  const made = await makers[model](file.value, hash).catch(() => null);
  if (!made) return 'unreachable';
  fetched.add(model);
  return made;
}

const lens = makeLens(load);

// Keeps the page's own thread free: models are loaded, and compute again, here.
serveRequests(self, async function* answerLens(request: LensRequest): AsyncGenerator<LensAnswer | Fetching> {
  const missing = runsOf(request).find(({ model }) => !fetched.has(model));
  if (missing) yield { kind: 'fetching', model: missing.model };
  yield await lens(request);
});
