import { createHash } from 'node:crypto';

export const policyHeader = 'content-security-policy';

/** The header by which Next is told what to mark the scripts with that it writes into a page. */
export const askForMark = (mark: string): Record<string, string> => ({
  [policyHeader]: `script-src 'nonce-${mark}'`,
});

type Html = { headers: Record<string, string>; html: string };

/**
 * A page whose policy names, by their hashes, the scripts in it that Next wrote: all of them where it was rendered at build,
 * before there was anything of visitors to show, else those that bear the mark. So a script that came into it with what
 * somebody wrote does not run. The mark itself is taken out: who could read it could use it, and pages that say the same
 * would differ.
 */
export function allowInlineScripts({ headers, html }: Html, mark: string): Html {
  const atBuild = 'x-nextjs-prerender' in headers;
  const unmarked = (text: string): string => text.replaceAll(mark, '');
  const hashes = [...html.matchAll(/<script\b([^>]*)>([\s\S]*?)<\/script/gi)]
    .filter(([, attributes = '', script]) => script && (atBuild || attributes.includes(`nonce="${mark}"`)))
    .map(([, , script = '']) => `'sha256-${createHash('sha256').update(unmarked(script)).digest('base64')}'`);
  const allowed = Object.entries(headers).map(([name, value]) => [
    name,
    name === policyHeader
      ? value.replace("script-src 'self'", ["script-src 'self'", ...new Set(hashes)].join(' '))
      : unmarked(value),
  ]);
  return { headers: Object.fromEntries(allowed), html: unmarked(html) };
}
