import { chatCompletions, unlessLeft, v1Methods } from '@/lib/server/chat-completions';
import { services } from '@/lib/server/services';

export const { DELETE, GET, OPTIONS, PATCH, POST, PUT } = v1Methods({
  POST: unlessLeft((request) => chatCompletions(services().endpoint(), request)),
});
