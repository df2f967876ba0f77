import { listReplays } from '@/lib/server/replays';
import { apiMethods, routeById } from '@/lib/server/route';

export const { DELETE, GET, OPTIONS, PATCH, POST, PUT } = apiMethods({ GET: routeById(listReplays) });
