import { getMetrics } from '@/lib/server/metrics';
import { apiMethods, route } from '@/lib/server/route';

export const dynamic = 'force-dynamic';
export const { DELETE, GET, OPTIONS, PATCH, POST, PUT } = apiMethods({ GET: route(getMetrics) });
