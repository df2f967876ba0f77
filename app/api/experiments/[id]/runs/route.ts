import { rerunExperiment } from '@/lib/server/experiments';

type Context = { params: Promise<{ id: string }> };

export async function POST(request: Request, { params }: Context): Promise<Response> {
  return rerunExperiment(request, (await params).id);
}
