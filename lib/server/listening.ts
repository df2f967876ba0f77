import type { Environment } from './environment.ts';

const loopback = /^(localhost|127(\.\d{1,3}){3}|::1)$/;
const anywhere = /^(0\.0\.0\.0|::)$/;

/** Whether nobody but this machine reaches a server that listens there. */
export const isLoopback = (host: string): boolean => loopback.test(host);

/** The address of the site, for who listens there; null if that is every address of the machine. */
export const siteAt = (host: string, port: number): string | null =>
  anywhere.test(host) ? null : `http://${host.includes(':') ? `[${host}]` : host}:${port}`;

/** What the operator should know of a server that others can reach, in sentences; nothing if they cannot. */
export function tellWhoMayCome(environment: Environment, port: number): string[] {
  const { HOST, PUBLIC_URL, ACCESS_PASSWORD, TRUSTED_PROXIES } = environment;
  const open = !isLoopback(HOST);
  if (!open && PUBLIC_URL === undefined) return [];
  const site = PUBLIC_URL ?? siteAt(HOST, port);
  return [
    ...(open ? [`It listens at ${HOST}, port ${port} (HOST): whoever reaches that can use it.`] : []),
    ACCESS_PASSWORD === undefined
      ? 'No password is asked for; ACCESS_PASSWORD sets one. Each visitor and each address has limits (limits in the configuration).'
      : 'A password is asked for (ACCESS_PASSWORD), and each visitor and each address has limits.',
    site === null
      ? 'Pages run experiments at loopback only, until PUBLIC_URL says at which address visitors see the site.'
      : `Pages run experiments at ${site} and at loopback only; requests for any other name are refused.`,
    ...(site?.startsWith('http:') ? ['Nothing is encrypted on the way: put a proxy with https in front.'] : []),
    ...(PUBLIC_URL !== undefined && TRUSTED_PROXIES === 0
      ? ['If a proxy stands in front, set TRUSTED_PROXIES: all visitors count as one address until then.']
      : []),
  ];
}
