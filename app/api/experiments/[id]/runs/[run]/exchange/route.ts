import { getExchange } from '@/lib/server/exchange';
import { apiMethods, routeByRun } from '@/lib/server/route';

export const { DELETE, GET, OPTIONS, PATCH, POST, PUT } = apiMethods({ GET: routeByRun(getExchange) });
