import { listSeedlingModels, preflight } from '@/lib/server/chat-completions';

export const dynamic = 'force-dynamic';
export const GET = listSeedlingModels;
export const OPTIONS = preflight;
