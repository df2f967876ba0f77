import { palette } from '../palette.ts';
import type { PageFailure } from './page-failure.ts';

type FailedPage = { status: number; headers: Record<string, string>; html: string };

const soon = { 'retry-after': '5' };
const failures: Record<PageFailure, { status: number; headers: Record<string, string>; why: string }> = {
  busy: {
    status: 503,
    headers: soon,
    why: 'The server has many other requests to work on. Try again in a few seconds.',
  },
  store: {
    status: 503,
    headers: soon,
    why: 'The server cannot reach what is saved now; nothing of it is lost by that. Try again in a little while.',
  },
  unreadable: {
    status: 503,
    headers: {},
    why: 'What is saved under this address is damaged, or was kept by a newer version of Seedbed.',
  },
  failed: { status: 500, headers: {}, why: 'What was saved is safe. Try again in a little while.' },
};

/**
 * What is shown of a page that could not be rendered, in place of Next's, which is blank until its scripts have run. It needs nothing
 * else of this server.
 */
export function failedPage(requestId: string, failure: PageFailure = 'failed'): FailedPage {
  const { status, headers, why } = failures[failure];
  return { status, headers: { ...headers, 'cache-control': 'no-store' }, html: page(requestId, why) };
}

const colours = ['ground', 'ink', 'dim', 'hairline', 'accent', 'on-accent'] as const;
const shades = (shade: 'light' | 'dark'): string =>
  colours.map((name) => `--${name}: ${palette[name][shade]}`).join('; ');

const page = (requestId: string, why: string): string => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Seedbed</title>
<style>
:root { color-scheme: light dark; font: 1rem/1.5 system-ui, sans-serif; overflow-wrap: anywhere; ${shades('light')} }
@media (prefers-color-scheme: dark) { :root { ${shades('dark')} } }
body { margin: 0; background: var(--ground); color: var(--ink) }
header { padding: 0.75rem 1.5rem; border-bottom: 1px solid var(--hairline); font-weight: 600 }
main { max-width: 42rem; margin: 0 auto; padding: 3rem 1.5rem }
h1 { margin: 0; font-size: 1.5rem; line-height: 1.3 }
header a { color: inherit; text-decoration: none }
main a {
  display: inline-block; padding: 0.5rem 0.75rem; border-radius: 0.375rem; font-size: 0.875rem; font-weight: 600;
  background: var(--accent); color: var(--on-accent); text-decoration: none
}
a:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px }
small { font-size: 0.875rem; color: var(--dim) }
</style>
</head>
<body>
<header><a href="/">Seedbed</a></header>
<main>
<h1>This page cannot be shown at the moment.</h1>
<p>${why}</p>
<p><a href="">Try again</a></p>
<p><small>The request was ${requestId}. Whoever runs this site can find it by that.</small></p>
</main>
</body>
</html>
`;
