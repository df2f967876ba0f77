import { importExperiment } from '@/lib/server/files';
import { apiMethods, route } from '@/lib/server/route';

export const { DELETE, GET, OPTIONS, PATCH, POST, PUT } = apiMethods({ POST: route(importExperiment) });
