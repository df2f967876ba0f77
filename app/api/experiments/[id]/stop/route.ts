import { apiMethods, routeById } from '@/lib/server/route';
import { stopExperiment } from '@/lib/server/runs';

export const { DELETE, GET, OPTIONS, PATCH, POST, PUT } = apiMethods({ POST: routeById(stopExperiment) });
