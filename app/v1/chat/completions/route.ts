import { chatCompletions, v1Methods } from '@/lib/server/chat-completions';
import { services } from '@/lib/server/services';

export const { DELETE, GET, OPTIONS, PATCH, POST, PUT } = v1Methods({
  POST: (request) => chatCompletions(services().endpoint(), request),
});
