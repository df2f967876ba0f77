import type { Endpoint, RunEvent } from './schema';

export type { Endpoint, Exchange, RunEvent, RunProblem, TokenInfo, Usage, Wait } from './schema';
export type RunEnd = Extract<RunEvent, { type: 'run-end' }>;

/** An endpoint in one text: 'http://localhost:11434/v1'. */
export const urlOf = ({ origin, path }: Endpoint): string => `${origin}${path}`;

/** Whether the two parts of an endpoint are those of an address, and nothing else is in them. */
export function isAddress({ origin, path }: { origin: string; path: string }): boolean {
  const address = `${origin}${path}`;
  if (!URL.canParse(address) || path.endsWith('/')) return false;
  const url = new URL(address);
  return /^https?:$/.test(url.protocol) && url.origin === origin && url.pathname === (path || '/');
}

/** How many fingerprints of one answer are kept: a server that sends another with every chunk tells no more by the hundredth. */
export const maxFingerprints = 16;
