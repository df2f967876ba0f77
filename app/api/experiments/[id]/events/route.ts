import { apiMethods, routeById } from '@/lib/server/route';
import { followExperiment } from '@/lib/server/runs';

export const { DELETE, GET, OPTIONS, PATCH, POST, PUT } = apiMethods({ GET: routeById(followExperiment) });
