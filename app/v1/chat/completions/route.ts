import { chatCompletions, preflight } from '@/lib/server/chat-completions';
import { services } from '@/lib/server/services';

export const POST = (request: Request): Promise<Response> => chatCompletions(services().seedling(), request);
export const OPTIONS = preflight;
