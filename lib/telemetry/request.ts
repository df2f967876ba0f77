import { createHmac, randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';

/** What is told of a request: nothing that was asked, said or kept, and no id. */
export type RequestFacts = {
  method: string;
  /** the address as its route has it, as in '/e/[id]' */
  route: string;
  status: number;
  /** until the answer had been sent, or its reader had gone */
  ms: number;
  /** sent on the connection, headers included */
  bytes: number;
  requestId: string;
  /** tells visitors apart for as long as this process lives; null without a cookie of ours */
  visitor: string | null;
  /** the reader has gone before the end */
  cut: boolean;
};

/** The header by which a request is named in answers and in the log. */
export const requestIdHeader = 'x-request-id';

/** An id as proxies make it: a UUID, or as many hexadecimal digits. */
const ofProxy = /^[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}$/i;

/**
 * Names a request, for whoever handles it and in the answer, and returns the name. Behind proxies it is the nearest one's, if that
 * has given it one; what else a sender calls itself is written over.
 */
export function nameRequest(request: IncomingMessage, response: ServerResponse, proxies: number): string {
  const given = String(request.headers[requestIdHeader] ?? '');
  const id = proxies > 0 && ofProxy.test(given) ? given : `req_${randomBytes(16).toString('hex')}`;
  request.headers[requestIdHeader] = id;
  response.setHeader(requestIdHeader, id);
  return id;
}

/** The routes of a build, as Next lists them in routes-manifest.json: those without a parameter, and the others by how special they are. */
export type RoutesManifest = Record<'staticRoutes' | 'dynamicRoutes', readonly { page: string; regex: string }[]>;

/** Tells the route of a path: as many as there are, whatever is asked for. */
export function makeRouteOf({ staticRoutes, dynamicRoutes }: RoutesManifest): (path: string) => string {
  const routes = [...staticRoutes, ...dynamicRoutes].map(({ page, regex }) => ({ page, form: new RegExp(regex) }));
  return (path) => {
    if (path.startsWith('/_next/')) return '/_next';
    return routes.find(({ form }) => form.test(path))?.page ?? 'none';
  };
}

/** With which visitors are named. Nobody else has it, so that who has the log and the store cannot put them together. */
const key = randomBytes(32);
const visitorOf = (token: string | null): string | null =>
  token && createHmac('sha256', key).update(token).digest('base64url').slice(0, 8);

/** Calls `over` with what there is to tell of a request once it is over. */
export function watchRequest(
  request: IncomingMessage,
  response: ServerResponse,
  { route, requestId, token }: { route: string; requestId: string; token: string | null },
  over: (facts: RequestFacts) => void,
): void {
  const began = performance.now();
  const { socket, method = 'GET' } = request;
  const before = socket.bytesWritten;
  response.once('close', () =>
    over({
      ...{ method, route, requestId, visitor: visitorOf(token), cut: !response.writableFinished },
      // As nginx has it, where nobody waited for the answer.
      status: response.headersSent ? response.statusCode : 499,
      ms: Math.round(performance.now() - began),
      bytes: socket.bytesWritten - before,
    }),
  );
}

/** A request in a line. */
export const sayRequest = ({ method, route, status, ms }: RequestFacts): string =>
  `${method} ${route} ${status} in ${ms} ms`;

/** Whether it is asked every few seconds, or in dozens with each page. */
export const isOften = (route: string): boolean => /^\/(_next|api\/health|api\/metrics)\b/.test(route);

/** How much a request matters to whoever reads the log. */
export function levelOf({ route, status }: RequestFacts): 'debug' | 'info' | 'error' {
  if (status >= 500 && !isOften(route)) return 'error';
  return isOften(route) || (route === 'none' && status < 400) ? 'debug' : 'info';
}
