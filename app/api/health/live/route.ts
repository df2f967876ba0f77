import { apiMethods } from '@/lib/server/route';
import { getLive } from '@/lib/server/status';

export const dynamic = 'force-dynamic';
export const { DELETE, GET, OPTIONS, PATCH, POST, PUT } = apiMethods({ GET: getLive });
