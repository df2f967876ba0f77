import type { IncomingMessage, ServerResponse } from 'node:http';

/**
 * Answers a request whose path cannot be read, as in '/e/%ff': what follows a % must be UTF-8 in hexadecimal digits. Next would
 * answer 500. Tells whether it did. A program is answered in the format of the endpoint, a person in plain text.
 */
export function refuseBadPath(request: IncomingMessage, response: ServerResponse): boolean {
  const path = request.url?.split('?')[0] ?? '/';
  if (isReadable(path)) return false;
  const message =
    'The address cannot be read: what follows a % must be UTF-8 in hexadecimal digits, as in %20 or %C3%A9.';
  const [type, body] = refusal(path, message);
  response.writeHead(400, { 'content-type': type, 'x-content-type-options': 'nosniff' }).end(body);
  return true;
}

function isReadable(path: string): boolean {
  try {
    decodeURIComponent(path);
    return true;
  } catch {
    return false;
  }
}

function refusal(path: string, message: string): [type: string, body: string] {
  const code = 'invalid_path';
  if (path.startsWith('/v1/'))
    return [json, JSON.stringify({ error: { message, type: 'invalid_request_error', param: null, code } })];
  if (path.startsWith('/api/')) return [json, JSON.stringify({ error: { code, message } })];
  return ['text/plain; charset=utf-8', message];
}

const json = 'application/json';
