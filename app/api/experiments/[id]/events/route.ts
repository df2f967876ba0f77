import { followExperiment } from '@/lib/server/experiments';

type Context = { params: Promise<{ id: string }> };

export async function GET(request: Request, { params }: Context): Promise<Response> {
  return followExperiment(request, (await params).id);
}
