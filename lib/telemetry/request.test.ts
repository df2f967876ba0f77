import { once } from 'node:events';
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import { afterEach, describe, expect, it } from 'vitest';
import { levelOf, makeRouteOf, nameRequest, type RequestFacts, sayRequest, watchRequest } from './request';

const cleanUp: (() => void)[] = [];
afterEach(() => {
  for (const end of cleanUp.splice(0)) end();
});

type Handle = (request: IncomingMessage, response: ServerResponse) => void;

/** Asks a server that answers like this. */
async function ask(handle: Handle, headers: Record<string, string> = {}): Promise<IncomingMessage> {
  const server = createServer(handle);
  await once(server.listen(0, '127.0.0.1'), 'listening');
  cleanUp.push(() => server.close().closeAllConnections());
  const address = server.address();
  const asked = request({ port: typeof address === 'object' ? address?.port : 0, host: '127.0.0.1', headers }).end();
  const [response] = (await once(asked, 'response')) as [IncomingMessage];
  return response;
}

describe('the id of a request', () => {
  const idOf = async (given: string, proxies: number) => {
    let seen: unknown;
    const { headers } = await ask(
      (request, response) => {
        const id = nameRequest(request, response, proxies);
        seen = [id, request.headers['x-request-id']];
        response.end();
      },
      { 'x-request-id': given },
    );
    expect(seen).toEqual([headers['x-request-id'], headers['x-request-id']]);
    return headers['x-request-id'];
  };
  const uuid = '3f0c8a52-7e6b-4a13-9f52-0b7f6c1d2e3a';

  it('is made here, whatever the sender says', async () => {
    expect(await idOf(uuid, 0)).toMatch(/^req_[0-9a-f]{32}$/);
    expect(await idOf(uuid, 0)).not.toBe(await idOf(uuid, 0));
  });

  it.each([uuid, uuid.replaceAll('-', '')])('is that of the proxy, if there is one: %s', async (given) => {
    expect(await idOf(given, 1)).toBe(given);
  });

  it.each(['sk-canary', `${uuid}1`, 'x'])('is none that could say anything: %s', async (given) => {
    expect(await idOf(given, 1)).toMatch(/^req_/);
  });
});

describe('the route of a path', () => {
  const routeOf = makeRouteOf({
    staticRoutes: [{ page: '/', regex: '^/(?:/)?$' }],
    dynamicRoutes: [
      { page: '/api/experiments/[id]', regex: '^/api/experiments/([^/]+?)(?:/)?$' },
      { page: '/api/[[...path]]', regex: '^/api(?:/(.+?))?(?:/)?$' },
    ],
  });

  it.each([
    ['/', '/'],
    ['/api/experiments/secret', '/api/experiments/[id]'],
    ['/api/secret/secret', '/api/[[...path]]'],
    ['/_next/static/chunks/secret.js', '/_next'],
    ['/secret', 'none'],
    ['secret', 'none'],
  ])('%s is %s', (path, route) => {
    expect(routeOf(path)).toBe(route);
  });
});

describe('what is told of a request', () => {
  const names = { route: '/e/[id]', requestId: 'req_1', token: 'token' };
  const told = async (handle: Handle, token: string | null = 'token'): Promise<RequestFacts> => {
    const { promise, resolve } = Promise.withResolvers<RequestFacts>();
    const response = await ask((request, response) => {
      watchRequest(request, response, { ...names, token }, resolve);
      handle(request, response);
    });
    if (response.headers['x-cut']) response.destroy();
    else response.resume();
    return promise;
  };

  it('is its status, how long it took, how much was sent and whose it was', async () => {
    const body = 'x'.repeat(1000);
    const facts = await told((_, response) => response.writeHead(404).end(body));
    expect(facts).toMatchObject({ method: 'GET', route: '/e/[id]', status: 404, requestId: 'req_1', cut: false });
    expect(facts.bytes).toBeGreaterThan(1000);
    expect(facts.bytes).toBeLessThan(1500);
    expect(sayRequest({ ...facts, ms: 12 })).toBe('GET /e/[id] 404 in 12 ms');
  });

  it('tells visitors apart without naming them', async () => {
    const visitor = async (token: string | null) => (await told((_, response) => response.end(), token)).visitor;
    const one = await visitor('one');
    expect(one).toMatch(/^[\w-]{8}$/);
    expect([await visitor('one'), await visitor(null)]).toEqual([one, null]);
    expect(await visitor('two')).not.toBe(one);
  });

  it('says that a reader has gone before the end', async () => {
    const facts = await told((_, response) => void response.writeHead(200, { 'x-cut': '1' }).write('x'));
    expect(facts).toMatchObject({ status: 200, cut: true });
  });

  it.each([
    ['/e/[id]', 200, 'info'],
    ['/e/[id]', 404, 'info'],
    ['/e/[id]', 503, 'error'],
    ['/_next', 200, 'debug'],
    ['/api/health', 503, 'debug'],
    ['none', 200, 'debug'],
    ['none', 404, 'info'],
  ])('of %s with %i matters so much: %s', (route, status, level) => {
    const facts = { method: 'GET', ms: 1, bytes: 1, requestId: '', visitor: null, cut: false };
    expect(levelOf({ ...facts, route, status })).toBe(level);
  });
});
