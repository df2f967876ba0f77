import { apiMethods } from '@/lib/server/route';
import { getArtifact } from '@/lib/server/seedling-artifact';

type Context = { params: Promise<{ hash: string }> };

export const { DELETE, GET, OPTIONS, PATCH, POST, PUT } = apiMethods({
  GET: async (_request: Request, { params }: Context) => getArtifact((await params).hash),
});
