import { routeById } from '@/lib/server/route';
import { rerunExperiment } from '@/lib/server/runs';

export const POST = routeById(rerunExperiment);
