import { deleteExperiment, getExperiment, renameExperiment } from '@/lib/server/experiment';
import { apiMethods, routeById } from '@/lib/server/route';

export const { DELETE, GET, OPTIONS, PATCH, POST, PUT } = apiMethods({
  GET: routeById(getExperiment),
  PATCH: routeById(renameExperiment),
  DELETE: routeById(deleteExperiment),
});
