import { exportExperiment } from '@/lib/server/files';

type Context = { params: Promise<{ id: string }> };

export async function GET(request: Request, { params }: Context): Promise<Response> {
  return exportExperiment(request, (await params).id);
}
