import { routeById } from '@/lib/server/route';
import { getBadge } from '@/lib/server/sharing';

export const GET = routeById(getBadge);
