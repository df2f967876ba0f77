import { apiMethods } from '@/lib/server/route';
import { getReady } from '@/lib/server/status';

export const dynamic = 'force-dynamic';
export const { DELETE, GET, OPTIONS, PATCH, POST, PUT } = apiMethods({ GET: getReady });
