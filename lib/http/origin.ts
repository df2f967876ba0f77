import type { Problem } from './problem';

const loopback = /^(localhost|127\.0\.0\.1|\[::1\])$/;

/**
 * Refuses requests that a page of another site sends through a visitor's browser. A caller without an Origin is a program
 * and is let through. A page's Origin must be the site's own: `publicUrl` if the operator has set it, else the requested
 * address, if that is this machine itself (a name that merely resolves to it proves nothing).
 */
export function foreignOrigin(request: Request, publicUrl: string | undefined): Problem | null {
  const origin = request.headers.get('origin');
  if (origin === null || origin === publicUrl) return null;
  const requested = URL.parse(`http://${request.headers.get('host')}`);
  const from = URL.parse(origin);
  if (requested && from && from.host === requested.host && loopback.test(from.hostname)) return null;
  const message =
    'Requests from pages of another site are refused. If this is your own site, set PUBLIC_URL to its address.';
  return { status: 403, code: 'foreign_origin', message };
}
