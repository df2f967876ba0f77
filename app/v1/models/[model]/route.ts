import { getBuiltInModel, v1Methods } from '@/lib/server/chat-completions';

type Context = { params: Promise<{ model: string }> };

export const { DELETE, GET, OPTIONS, PATCH, POST, PUT } = v1Methods({
  GET: async (_request: Request, { params }: Context) => getBuiltInModel((await params).model),
});
