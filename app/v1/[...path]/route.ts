import { preflight, unknownEndpoint } from '@/lib/server/chat-completions';

export {
  unknownEndpoint as DELETE,
  unknownEndpoint as GET,
  unknownEndpoint as PATCH,
  unknownEndpoint as POST,
  unknownEndpoint as PUT,
};
export const OPTIONS = preflight;
