export { startExperiment as POST } from '@/lib/server/experiments';
export { listExperiments as GET } from '@/lib/server/permalinks';
