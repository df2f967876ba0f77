import { routeById } from '@/lib/server/route';
import { shareExperiment } from '@/lib/server/sharing';

export const POST = routeById(shareExperiment);
