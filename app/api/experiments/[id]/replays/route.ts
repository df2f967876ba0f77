import { listReplays } from '@/lib/server/permalinks';

type Context = { params: Promise<{ id: string }> };

export async function GET(request: Request, { params }: Context): Promise<Response> {
  return listReplays(request, (await params).id);
}
