import { isStoreError } from '@/lib/store/store';
import { services } from './services';
import { versions } from './versions';

const headers = { 'cache-control': 'no-store' };

/**
 * GET /api/models: providers, what they can do, and the models they offer. A provider that cannot be asked now has an
 * empty list.
 */
export async function listModels(): Promise<Response> {
  const providers = [...services().providers.values()].map(async ({ id, name, models, provider, ...can }) => {
    const names = models ? [] : await provider.models().catch(() => []);
    return {
      ...{ id, name, free: can.free, paced: can.paced, continues: can.continues },
      models: models ?? names.toSorted().map((model) => ({ id: model, about: null, exact: false })),
    };
  });
  return Response.json({ providers: await Promise.all(providers) }, { headers });
}

/** GET /api/health: 200 if experiments can be run and kept, else 503. */
export async function health(): Promise<Response> {
  const { store, providers } = services();
  const problem = await store.check().then(
    () => null,
    (error: unknown) => (isStoreError(error) ? error.message : 'The store failed.'),
  );
  const body = {
    status: problem === null ? 'ok' : 'failing',
    version: versions().seedbed,
    store: { engine: store.engine, problem },
    providers: [...providers.keys()],
  };
  return Response.json(body, { status: problem === null ? 200 : 503, headers });
}
