import { createHash, randomBytes } from 'node:crypto';
import { addressHeader } from './address';

/**
 * Whose experiments are whose: each browser has a cookie with 256 random bits, and experiments carry its SHA-256 as their
 * owner, so that nobody who reads the database can act for a visitor.
 */
const cookieName = 'seedbed_visitor';
const yearSeconds = 365 * 24 * 3600;

export const hashToken = (token: string): string => createHash('sha256').update(token).digest('hex');
export const newToken = (): string => randomBytes(32).toString('base64url');

/** The owner that a request's cookies name; null for a visitor without any. */
export function ownerIn(cookies: string | null): string | null {
  const token = new RegExp(`(?:^|;\\s*)${cookieName}=([\\w-]{43})(?:;|$)`).exec(cookies ?? '')?.[1];
  return token === undefined ? null : hashToken(token);
}

/** The owner of a request, and the header that makes its browser one if it is not yet. */
export function visitorOf(request: Request): { owner: string; headers: Record<string, string> } {
  const known = ownerIn(request.headers.get('cookie'));
  if (known !== null) return { owner: known, headers: {} };
  const token = newToken();
  const secure = request.headers.get('origin')?.startsWith('https://') ? '; Secure' : '';
  const cookie = `${cookieName}=${token}; Path=/; HttpOnly; SameSite=Lax; Max-Age=${yearSeconds}${secure}`;
  return { owner: hashToken(token), headers: { 'set-cookie': cookie } };
}

export const ownerOf = (request: Request): string | null => ownerIn(request.headers.get('cookie'));

/** Whose turn a request is: its visitor's, or that of its address. */
export const visitorKey = (request: Request): string => ownerOf(request) ?? request.headers.get(addressHeader) ?? '';
