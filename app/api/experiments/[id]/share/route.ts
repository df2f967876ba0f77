import { apiMethods, routeById } from '@/lib/server/route';
import { shareExperiment } from '@/lib/server/sharing';

export const { DELETE, GET, OPTIONS, PATCH, POST, PUT } = apiMethods({ POST: routeById(shareExperiment) });
