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

/** How a model comes, and what is made of it. */
const kinds: Record<
  ModelName,
  { unpack: (body: Body) => Body; make: (bytes: ArrayBuffer, hash: string) => ModelByTag }
> = {
  seedling: {
    unpack: (body) => body.pipeThrough(new DecompressionStream('gzip')),
    make: (bytes, hash) => seedlingByTag(readCounts(bytes), hash),
  },
  sapling: {
    unpack: (body) => body,
    make: (bytes) => saplingByTag(new Sapling(readArtifact(new Uint8Array(bytes)))),
  },
};

const fetched = new Set<ModelName>();

async function load(model: ModelName, hash: string): Promise<ModelByTag | LensFailure> {
  const file = await api[model](hash);
  if (!file.ok) return file.error.kind === 'refused' && file.error.status === 404 ? 'other-version' : 'unreachable';
  const { unpack, make } = kinds[model];
  const bytes = await new Response(unpack(file.value)).arrayBuffer().catch(() => null);
  if (!bytes) return 'unreachable';
  fetched.add(model);
  return make(bytes, hash);
}

const lens = makeLens(load);

// Keeps the page's own thread free: models are loaded, and compute again, here.
serveRequests(self, async function* answerLens(request: LensRequest): AsyncGenerator<LensAnswer | Fetching> {
  const missing = runsOf(request).find(({ model }) => !fetched.has(model));
  if (missing) yield { kind: 'fetching', model: missing.model };
  yield await lens(request);
});
