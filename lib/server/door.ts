import type { IncomingMessage, ServerResponse } from 'node:http';

/**
 * Answers a request that no address of this site takes, and tells whether it did. Next would answer some of them 500.
 * A program is answered in the format of the endpoint, a person in plain text.
 *
 * - 400: its path cannot be read, as in '/e/%ff': what follows a % must be UTF-8 in hexadecimal digits.
 * - 405: its method is one that nothing here has; `allow` then names those that are taken there at all.
 */
export function refuseBadRequest(request: IncomingMessage, response: ServerResponse): boolean {
  const path = request.url?.split('?')[0] ?? '/';
  const refusal = refusalOf(request.method ?? 'GET', path);
  if (!refusal) return false;
  const [type, body] = inFormatOf(path, refusal);
  const allow = refusal.allow ? { allow: refusal.allow } : {};
  response.writeHead(refusal.status, { 'content-type': type, 'x-content-type-options': 'nosniff', ...allow }).end(body);
  return true;
}

type BadRequest = { status: number; code: string; message: string; allow?: string };

const unreadable: BadRequest = {
  status: 400,
  code: 'invalid_path',
  message: 'The address cannot be read: what follows a % must be UTF-8 in hexadecimal digits, as in %20 or %C3%A9.',
};

const noPath: BadRequest = { status: 400, code: 'invalid_path', message: 'The address must begin with a slash.' };

/** What endpoints may take, each some of them, and what pages and files take. */
const ofEndpoints = ['GET', 'HEAD', 'OPTIONS', 'POST', 'PUT', 'PATCH', 'DELETE'];
const ofPages = ['GET', 'HEAD'];

function refusalOf(method: string, path: string): BadRequest | null {
  if (!path.startsWith('/')) return noPath;
  if (!isReadable(path)) return unreadable;
  const allowed = isUnder('/v1', path) || isUnder('/api', path) ? ofEndpoints : ofPages;
  if (allowed.includes(method)) return null;
  const allow = allowed.join(', ');
  return { status: 405, code: 'method_not_allowed', message: `${method} is not taken here; ${allow} may be.`, allow };
}

function isReadable(path: string): boolean {
  try {
    decodeURIComponent(path);
    return true;
  } catch {
    return false;
  }
}

const isUnder = (root: string, path: string): boolean => path === root || path.startsWith(`${root}/`);

function inFormatOf(path: string, { code, message }: BadRequest): [type: string, body: string] {
  if (isUnder('/v1', path))
    return [json, JSON.stringify({ error: { message, type: 'invalid_request_error', param: null, code } })];
  if (isUnder('/api', path)) return [json, JSON.stringify({ error: { code, message, param: null } })];
  return ['text/plain; charset=utf-8', message];
}

const json = 'application/json';
