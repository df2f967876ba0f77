import { routeById } from '@/lib/server/route';
import { getPreview } from '@/lib/server/sharing';

export const GET = routeById(getPreview);
