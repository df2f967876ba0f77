import { getExperiment } from '@/lib/server/experiments';

type Context = { params: Promise<{ id: string }> };

export async function GET(_request: Request, { params }: Context): Promise<Response> {
  return getExperiment((await params).id);
}
