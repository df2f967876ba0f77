import { chatCompletions, methodNotAllowed, preflight } from '@/lib/server/chat-completions';
import { services } from '@/lib/server/services';

export const POST = (request: Request): Promise<Response> => chatCompletions(services().endpoint(), request);
export const OPTIONS = preflight;
export { methodNotAllowed as DELETE, methodNotAllowed as GET, methodNotAllowed as PATCH, methodNotAllowed as PUT };
