import { getPreview } from '@/lib/server/permalinks';

type Context = { params: Promise<{ id: string }> };

export async function GET(_request: Request, { params }: Context): Promise<Response> {
  return getPreview((await params).id);
}
