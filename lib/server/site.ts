import { services } from './services';

/** The address of this site: the one that the operator has set, or the one that was asked. */
export const siteOf = (request: Request): string =>
  services().environment.PUBLIC_URL ?? `http://${request.headers.get('host') ?? new URL(request.url).host}`;
