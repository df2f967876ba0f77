import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { addressHeader } from './address';
import { services } from './services';
import { cookieName, type FoundCookie, findCookie } from './visitor-cookie';

/*
 * Whose experiments are whose. A browser has a cookie with a token of 256 random bits and our signature; experiments carry the
 * token's SHA-256 as their owner, so that nobody who reads the database can act for a visitor.
 *
 * The token shows whose an experiment is: who has it was given it with that experiment. The signature shows that the token was
 * made here: without it nothing is begun, and nobody is counted as a visitor.
 */
const yearSeconds = 365 * 24 * 3600;

export const hashToken = (token: string): string => createHash('sha256').update(token).digest('hex');
export const newToken = (): string => randomBytes(32).toString('base64url');

/** What stands behind a token in a cookie. */
export const signature = (token: string, key: string): string =>
  createHmac('sha256', key).update(token).digest('base64url');

/** The owner whose experiments a request's cookies open; null for a visitor without any. */
export function ownerIn(cookies: string | null): string | null {
  const found = findCookie(cookies);
  return found && hashToken(found.token);
}

export const ownerOf = (request: Request): string | null => ownerIn(request.headers.get('cookie'));

/**
 * The owner of what a request begins, and the header that gives its browser a cookie if it has none of ours. A cookie of an
 * older version, which is not signed, is signed now if the store has experiments of it. Throws StoreError.
 */
export async function visitorOf(request: Request): Promise<{ owner: string; headers: Record<string, string> }> {
  const found = findCookie(request.headers.get('cookie'));
  const secure = isSecure(request);
  const known = found !== null && ((await isSigned(found)) || (await isOlder(found)));
  if (known && found.signed !== null && (found.guarded || !secure))
    return { owner: hashToken(found.token), headers: {} };
  const token = known ? found.token : newToken();
  return { owner: hashToken(token), headers: { 'set-cookie': await cookieOf(token, secure) } };
}

async function cookieOf(token: string, secure: boolean): Promise<string> {
  const [prefix, suffix] = secure ? ['__Host-', '; Secure'] : ['', ''];
  const value = `${token}.${signature(token, await services().cookieKey())}`;
  return `${prefix}${cookieName}=${value}; Path=/; HttpOnly; SameSite=Lax; Max-Age=${yearSeconds}${suffix}`;
}

async function isSigned({ token, signed }: FoundCookie): Promise<boolean> {
  if (signed === null) return false;
  return timingSafeEqual(Buffer.from(signature(token, await services().cookieKey())), Buffer.from(signed));
}

const isOlder = async ({ token, signed }: FoundCookie): Promise<boolean> =>
  signed === null && services().store.knows(hashToken(token));

/** Whether the browser asks over https. Pages say where they are; of others the operator's address is known. */
const isSecure = (request: Request): boolean =>
  (request.headers.get('origin') ?? services().environment.PUBLIC_URL)?.startsWith('https://') ?? false;

/** The owner that a request's cookies name with our signature; null for whoever may have made them up. */
export async function signedOwner(cookies: string | null): Promise<string | null> {
  const found = findCookie(cookies);
  return found && (await isSigned(found)) ? hashToken(found.token) : null;
}

/** Whose turn a request is: its visitor's, or that of its address. */
export const visitorKey = async ({ headers }: Request): Promise<string> =>
  (await signedOwner(headers.get('cookie'))) ?? headers.get(addressHeader) ?? '';
