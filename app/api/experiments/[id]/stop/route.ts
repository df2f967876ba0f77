import { routeById } from '@/lib/server/route';
import { stopExperiment } from '@/lib/server/runs';

export const POST = routeById(stopExperiment);
