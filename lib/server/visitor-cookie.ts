export const cookieName = 'seedbed_visitor';

/** `signed` is null in the cookies of older versions; `guarded`: browsers took it over https only, and from no subdomain. */
export type FoundCookie = { token: string; signed: string | null; guarded: boolean };

/** Our cookie among those of a request. */
export function findCookie(cookies: string | null): FoundCookie | null {
  for (const prefix of ['__Host-', '']) {
    const form = new RegExp(`(?:^|;\\s*)${prefix}${cookieName}=([\\w-]{43})(?:\\.([\\w-]{43}))?(?:;|$)`);
    const [, token, signed = null] = form.exec(cookies ?? '') ?? [];
    if (token !== undefined) return { token, signed, guarded: prefix !== '' };
  }
  return null;
}
