export { startExperiment as POST } from '@/lib/server/experiments';
