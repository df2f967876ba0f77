import { apiMethods } from '@/lib/server/route';
import { getHealth } from '@/lib/server/status';

export const dynamic = 'force-dynamic';
export const { DELETE, GET, OPTIONS, PATCH, POST, PUT } = apiMethods({ GET: getHealth });
