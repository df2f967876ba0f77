import { listBuiltInModels, v1Methods } from '@/lib/server/chat-completions';

export const dynamic = 'force-dynamic';
export const { DELETE, GET, OPTIONS, PATCH, POST, PUT } = v1Methods({ GET: listBuiltInModels });
