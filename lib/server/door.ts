import { isUtf8 } from 'node:buffer';
import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { isIP } from 'node:net';
import { RateLimiterMemory, type RateLimiterRes } from 'rate-limiter-flexible';
import { securityHeaders, strictTransport } from '../http/security-headers.ts';
import { metrics } from '../telemetry/metrics.ts';
import { requestIdHeader } from '../telemetry/request.ts';
import { addressHeader } from './address.ts';

/** What the operator has set about who may come in. */
export type DoorSettings = { publicUrl?: string | undefined; host: string; password?: string | undefined };

/** Answers a request that nothing here is for, and tells whether it did. */
export type Door = (request: IncomingMessage, response: ServerResponse) => Promise<boolean>;

/** So many different wrong passwords of one address are looked at in a minute. */
const guesses = 10;

/**
 * What stands before Next, which would answer some of these 500 and the others as if nothing were wrong. A program is answered in
 * the format of the endpoint, a person in plain text.
 *
 * - 421: it asks for another site. A name that an attacker has pointed to this machine must not reach it.
 * - 400: its path cannot be read, as in '/e/%ff': what follows a % must be UTF-8 in hexadecimal digits.
 * - 405: its method is one that nothing here has; `allow` then names those that are taken there at all.
 * - 401: it has not the password that the operator has set; 429 after too many wrong ones.
 */
export function makeDoor(settings: DoorSettings): Door {
  const wrong = new RateLimiterMemory({ points: guesses, duration: 60 });
  const isSecure = settings.publicUrl?.startsWith('https://');
  return async (request, response) => {
    if (isSecure) response.setHeader(...strictTransport);
    const path = request.url?.split('?')[0] ?? '/';
    const refusal =
      hostRefusal(request, settings) ??
      formRefusal(request.method ?? 'GET', path) ??
      (forWatchers.includes(path) ? null : await passwordRefusal(request, settings.password, wrong));
    if (refusal) send(request, response, path, refusal);
    return refusal !== null;
  };
}

/** Whoever watches over the server need not know the password to ask how it is; metrics ask for a token of their own. */
const forWatchers = ['/api/health', '/api/health/live', '/api/health/ready', '/api/metrics'];

type Refusal = { status: number; code: string; message: string; headers?: Record<string, string> };

function send(request: IncomingMessage, response: ServerResponse, path: string, refusal: Refusal): void {
  const [type, body] = inFormatOf(path, refusal, request.headers[requestIdHeader]);
  const headers = { ...securityHeaders, 'cache-control': 'no-store', 'content-type': type, ...refusal.headers };
  response.writeHead(refusal.status, headers).end(body);
}

/** Names of this machine itself. */
const loopback = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/;

function hostRefusal({ headers: { host }, socket }: IncomingMessage, settings: DoorSettings): Refusal | null {
  if (host === undefined) return null; // no browser
  const name = URL.parse(`http://${host}`)?.hostname;
  const own = [settings.publicUrl && new URL(settings.publicUrl).hostname, settings.host, socket.localAddress];
  if (name !== undefined && (loopback.test(name) || own.some((each) => each && asHostname(each) === name))) return null;
  const message = 'This is not the site that was asked for. If it is your own, set PUBLIC_URL to its address.';
  return { status: 421, code: 'unknown_host', message };
}

/** An address or a name as it stands in a URL. */
function asHostname(address: string): string | undefined {
  const bare = address.replace(/^::ffff:(?=\d+\.)/i, '');
  return URL.parse(`http://${isIP(bare) === 6 ? `[${bare.split('%')[0]}]` : bare}`)?.hostname;
}

const unreadable: Refusal = {
  status: 400,
  code: 'invalid_path',
  message: 'The address cannot be read: what follows a % must be UTF-8 in hexadecimal digits, as in %20 or %C3%A9.',
};

const noPath: Refusal = { status: 400, code: 'invalid_path', message: 'The address must begin with a slash.' };

/** What endpoints may take, each some of them, and what pages and files take. */
const ofEndpoints = ['GET', 'HEAD', 'OPTIONS', 'POST', 'PUT', 'PATCH', 'DELETE'];
const ofPages = ['GET', 'HEAD'];

function formRefusal(method: string, path: string): Refusal | null {
  if (!path.startsWith('/')) return noPath;
  if (!isReadable(path)) return unreadable;
  const allowed = isUnder('/v1', path) || isUnder('/api', path) ? ofEndpoints : ofPages;
  if (allowed.includes(method)) return null;
  const allow = allowed.join(', ');
  const message = `${method} is not taken here; ${allow} may be.`;
  return { status: 405, code: 'method_not_allowed', message, headers: { allow } };
}

function isReadable(path: string): boolean {
  try {
    decodeURIComponent(path);
    return true;
  } catch {
    return false;
  }
}

/** As a browser asks for it, with any name, or as the key of an OpenAI client. */
async function passwordRefusal(
  { headers, method }: IncomingMessage,
  password: string | undefined,
  wrong: RateLimiterMemory,
): Promise<Refusal | null> {
  // A preflight never has it, and gets nothing but what may be asked.
  if (password === undefined || method === 'OPTIONS') return null;
  const address = String(headers[addressHeader]);
  const tried = await wrong.get(address);
  if (tried && tried.consumedPoints >= guesses) {
    metrics().limitHit('passwords');
    return tooManyGuesses(tried);
  }
  const given = passwordIn(headers.authorization ?? '');
  if (given !== null && isSameSecret(given, password)) return null;
  if (given !== null) await count(given, address, wrong);
  return noPassword;
}

/** Counts a wrong password once: a program or a tab that still sends an old one guesses nothing, and keeps nobody beside it out. */
async function count(given: string, address: string, wrong: RateLimiterMemory): Promise<void> {
  const same = `${address} ${digest(given).toString('base64')}`;
  if (await wrong.get(same)) return;
  await wrong.penalty(same);
  await wrong.penalty(address);
}

function passwordIn(authorization: string): string | null {
  const [, scheme = '', value = ''] = /^(Basic|Bearer) +(.+)$/i.exec(authorization) ?? [];
  // Node reads a header byte by byte; what is no UTF-8 was sent as it is read.
  if (scheme.toLowerCase() === 'bearer') return isUtf8(bytesOf(value)) ? bytesOf(value).toString() : value;
  return scheme === ''
    ? null
    : Buffer.from(value, 'base64')
        .toString()
        .replace(/^[^:]*:/, '');
}

const bytesOf = (header: string): Buffer => Buffer.from(header, 'latin1');

/** In the same time, however much of it is right. */
export const isSameSecret = (a: string, b: string): boolean => timingSafeEqual(digest(a), digest(b));
const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

const noPassword: Refusal = {
  status: 401,
  code: 'password_needed',
  message: 'This site asks for a password: any user name, or as a key of the API.',
  headers: { 'www-authenticate': 'Basic realm="Seedbed", charset="UTF-8"' },
};

function tooManyGuesses({ msBeforeNext }: RateLimiterRes): Refusal {
  const seconds = Math.max(1, Math.ceil(msBeforeNext / 1000));
  const message = `${guesses} wrong passwords came from your network address within a minute. Try again in ${seconds} s.`;
  return { status: 429, code: 'too_many_guesses', message, headers: { 'retry-after': String(seconds) } };
}

const isUnder = (root: string, path: string): boolean => path === root || path.startsWith(`${root}/`);

function inFormatOf(
  path: string,
  { code, message }: Refusal,
  requestId: string | string[] | undefined,
): [type: string, body: string] {
  if (isUnder('/v1', path))
    return [json, JSON.stringify({ error: { message, type: 'invalid_request_error', param: null, code } })];
  if (isUnder('/api', path)) return [json, JSON.stringify({ error: { code, message, param: null, requestId } })];
  return ['text/plain; charset=utf-8', message];
}

const json = 'application/json';
