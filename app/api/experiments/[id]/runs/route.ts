import { apiMethods, routeById } from '@/lib/server/route';
import { rerunExperiment } from '@/lib/server/runs';

export const { DELETE, GET, OPTIONS, PATCH, POST, PUT } = apiMethods({ POST: routeById(rerunExperiment) });
