import { shareExperiment } from '@/lib/server/permalinks';

type Context = { params: Promise<{ id: string }> };

export async function POST(request: Request, { params }: Context): Promise<Response> {
  return shareExperiment(request, (await params).id);
}
