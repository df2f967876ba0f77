import { deleteExperiment, getExperiment, renameExperiment } from '@/lib/server/experiment';
import { routeById } from '@/lib/server/route';

export const GET = routeById(getExperiment);
export const PATCH = routeById(renameExperiment);
export const DELETE = routeById(deleteExperiment);
