import { listSeedlingModels, methodNotAllowed, preflight } from '@/lib/server/chat-completions';

export const dynamic = 'force-dynamic';
export const GET = listSeedlingModels;
export const OPTIONS = preflight;
export { methodNotAllowed as DELETE, methodNotAllowed as PATCH, methodNotAllowed as POST, methodNotAllowed as PUT };
