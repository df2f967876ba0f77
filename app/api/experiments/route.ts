import { listExperiments, startExperiment } from '@/lib/server/experiments';
import { route } from '@/lib/server/route';

export const GET = route(listExperiments);
export const POST = route(startExperiment);
