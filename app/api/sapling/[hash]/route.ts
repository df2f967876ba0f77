import { apiMethods } from '@/lib/server/route';
import { getSaplingArtifact } from '@/lib/server/sapling-artifact';

type Context = { params: Promise<{ hash: string }> };

export const { DELETE, GET, OPTIONS, PATCH, POST, PUT } = apiMethods({
  GET: async (_request: Request, { params }: Context) => getSaplingArtifact((await params).hash),
});
