import { getArtifact } from '@/lib/server/artifact';

type Context = { params: Promise<{ hash: string }> };

export async function GET(request: Request, { params }: Context): Promise<Response> {
  return getArtifact(request, (await params).hash);
}
