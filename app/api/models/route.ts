export const dynamic = 'force-dynamic';
export { listModels as GET } from '@/lib/server/status';
