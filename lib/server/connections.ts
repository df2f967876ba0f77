import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

/**
 * Cuts connections of a server on which nothing has moved for a while: a body or headers that stay half sent, a reader that does
 * not read. Whoever has asked and waits for our answer is left alone. What it returns is to be called with each request.
 */
export function cutQuiet(server: Server, ms: number): (request: IncomingMessage, response: ServerResponse) => void {
  const asked = new WeakMap<Socket, { request: IncomingMessage; response: ServerResponse }>();
  server.setTimeout(ms, (socket) => {
    const { request, response } = asked.get(socket) ?? {};
    if (request?.complete && response?.headersSent === false) socket.setTimeout(ms);
    else socket.destroy();
  });
  return (request, response) => void asked.set(request.socket, { request, response });
}
