import { getSeedlingModel, preflight } from '@/lib/server/chat-completions';

type Context = { params: Promise<{ model: string }> };

export async function GET(_request: Request, { params }: Context): Promise<Response> {
  return getSeedlingModel((await params).model);
}

export const OPTIONS = preflight;
