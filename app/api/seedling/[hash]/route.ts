import { getArtifact } from '@/lib/server/seedling-artifact';

type Context = { params: Promise<{ hash: string }> };

export async function GET(_request: Request, { params }: Context): Promise<Response> {
  return getArtifact((await params).hash);
}
