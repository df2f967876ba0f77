import { exportExperiment } from '@/lib/server/files';
import { routeById } from '@/lib/server/route';

export const GET = routeById(exportExperiment);
