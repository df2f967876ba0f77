import { apiMethods } from '@/lib/server/route';
import { getOpenApi } from '@/lib/server/status';

export const { DELETE, GET, OPTIONS, PATCH, POST, PUT } = apiMethods({ GET: getOpenApi });
