import type { IncomingMessage } from 'node:http';

/** The header in which handlers find the address of a request's sender. Only we set it. */
export const addressHeader = 'x-seedbed-address';

/**
 * Writes the socket's own address into a request, over whatever its sender put there. Next hands on X-Forwarded-For as it
 * was sent, and hides the socket; so this has to happen before Next sees the request.
 */
export function noteAddress(request: IncomingMessage): void {
  request.headers[addressHeader] = request.socket.remoteAddress ?? 'unknown';
}
