export { importExperiment as POST } from '@/lib/server/files';
