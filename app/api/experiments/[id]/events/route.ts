import { routeById } from '@/lib/server/route';
import { followExperiment } from '@/lib/server/runs';

export const GET = routeById(followExperiment);
