import { deleteExperiment, getExperiment, renameExperiment } from '@/lib/server/permalinks';

type Context = { params: Promise<{ id: string }> };

export async function GET(request: Request, { params }: Context): Promise<Response> {
  return getExperiment(request, (await params).id);
}

export async function PATCH(request: Request, { params }: Context): Promise<Response> {
  return renameExperiment(request, (await params).id);
}

export async function DELETE(request: Request, { params }: Context): Promise<Response> {
  return deleteExperiment(request, (await params).id);
}
