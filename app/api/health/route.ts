export const dynamic = 'force-dynamic';
export { getHealth as GET } from '@/lib/server/status';
