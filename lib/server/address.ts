import { createHmac } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { isIPv6 } from 'node:net';

/** The header in which handlers find the address of a request's sender. Only we set it. */
export const addressHeader = 'x-seedbed-address';

/** The address of a request's sender; null if it did not come over the network, or `npm run dev` took it. */
export const addressOf = ({ headers }: Request): string | null => headers.get(addressHeader);

/**
 * Writes the address of its sender into a request, over whatever the sender put there. Next hands on X-Forwarded-For as it was
 * sent, and hides the socket; so this has to happen before Next sees the request.
 *
 * Each of `proxies` proxies in front of us adds the address that it was asked from to the end of X-Forwarded-For: the last of
 * them is the word of the nearest, and so on. What stands before those is the sender's own invention.
 */
export function noteAddress(request: IncomingMessage, proxies: number): void {
  const forwarded = String(request.headers['x-forwarded-for'] ?? '').split(',');
  const told = proxies > 0 ? forwarded.at(-Math.min(proxies, forwarded.length))?.trim() : undefined;
  request.headers[addressHeader] = networkOf(told || request.socket.remoteAddress || 'unknown');
}

/**
 * An address as it is counted. Whoever has one of IPv6 has the 2^64 that begin with the same four groups. One of IPv4 may be
 * written as one of IPv6. Some proxies tell the sender's port as well, which is another with each connection.
 */
export function networkOf(address: string): string {
  const host = address.replace(/^\[(.*)\](:\d+)?$/, '$1').replace(/^([\d.]+):\d+$/, '$1');
  const bare = host.replace(/^::ffff:(?=\d+\.)/i, '');
  if (!isIPv6(bare)) return bare;
  const [head = '', tail] = bare.split('%')[0]?.toLowerCase().split('::') ?? [];
  const groups = head.split(':').filter(Boolean);
  const last = tail === undefined ? [] : tail.split(':').filter(Boolean);
  const missing = Array.from({ length: Math.max(0, 8 - groups.length - last.length) }, () => '0');
  const first = [...groups, ...missing, ...last].slice(0, 4).map((group) => group.replace(/^0+(?=.)/, ''));
  return `${first.join(':')}::/64`;
}

/** An address as counters name it: with the site's own key, so that who reads the store does not learn who has been here. */
export const hashAddress = (address: string, key: string): string =>
  createHmac('sha256', key).update(`address ${address}`).digest('base64url').slice(0, 22);
