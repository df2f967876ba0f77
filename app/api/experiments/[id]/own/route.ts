import { getOwn } from '@/lib/server/experiment';
import { apiMethods, routeById } from '@/lib/server/route';

export const { DELETE, GET, OPTIONS, PATCH, POST, PUT } = apiMethods({ GET: routeById(getOwn) });
