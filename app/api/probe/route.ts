import { startProbe } from '@/lib/server/experiments';
import { apiMethods, route } from '@/lib/server/route';

export const { DELETE, GET, OPTIONS, PATCH, POST, PUT } = apiMethods({ POST: route(startProbe) });
