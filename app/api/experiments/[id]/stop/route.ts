import { stopExperiment } from '@/lib/server/experiments';

type Context = { params: Promise<{ id: string }> };

export async function POST(request: Request, { params }: Context): Promise<Response> {
  return stopExperiment(request, (await params).id);
}
