import { importExperiment } from '@/lib/server/files';
import { route } from '@/lib/server/route';

export const POST = route(importExperiment);
