import { listExperiments, startExperiment } from '@/lib/server/experiments';
import { apiMethods, route } from '@/lib/server/route';

export const { DELETE, GET, OPTIONS, PATCH, POST, PUT } = apiMethods({
  GET: route(listExperiments),
  POST: route(startExperiment),
});
