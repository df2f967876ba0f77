import { listReplays } from '@/lib/server/replays';
import { routeById } from '@/lib/server/route';

export const GET = routeById(listReplays);
