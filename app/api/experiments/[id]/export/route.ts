import { exportExperiment } from '@/lib/server/files';
import { apiMethods, routeById } from '@/lib/server/route';

export const { DELETE, GET, OPTIONS, PATCH, POST, PUT } = apiMethods({ GET: routeById(exportExperiment) });
