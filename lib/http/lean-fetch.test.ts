import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { brotliCompressSync, createGzip, deflateSync, gzipSync } from 'node:zlib';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { leanFetch } from './lean-fetch';

let server: Server | undefined;
afterEach(() => {
  vi.useRealTimers();
  server?.closeAllConnections();
  server?.close();
});

/** Starts a server that answers so; gives its address. */
async function serve(answer: (request: IncomingMessage, response: ServerResponse) => void): Promise<string> {
  server = createServer(answer);
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`;
}

const textOf = async (url: string): Promise<string> => (await leanFetch(url)).text();

/** An answer whose first piece has been sent, its reader, and what writes the rest; other paths are answered at once. */
async function begin() {
  vi.useFakeTimers({ toFake: ['setTimeout'] });
  const going = Promise.withResolvers<ServerResponse>();
  const url = await serve((request, response) => {
    if (request.url !== '/v1') return response.end('text');
    going.resolve(response);
    return response.write('first');
  });
  const reader = (await leanFetch(url)).body?.getReader();
  return { url, reader, going: going.promise };
}

describe('a lean fetch', () => {
  it('sends method, headers and text, and gives status, headers and text', async () => {
    const url = await serve(async (request, response) => {
      let body = '';
      for await (const piece of request) body += piece;
      const { method, headers } = request;
      const { authorization, 'content-length': length, 'accept-encoding': packing } = headers;
      response.writeHead(418, [...['X-Request-Id', 'ü'], ...['set-cookie', 'a=1'], ...['set-cookie', 'b=2']]);
      response.end(JSON.stringify({ method, url: request.url, authorization, length, packing, body }));
    });
    const response = await leanFetch(`${url}?a=1`, {
      method: 'POST',
      headers: new Headers({ Authorization: 'Bearer k' }),
      body: 'Säg det',
    });
    expect([response.status, response.ok, response.headers.get('x-request-id')]).toEqual([418, false, 'ü']);
    expect(response.headers.getSetCookie()).toEqual(['a=1', 'b=2']);
    expect(await response.json()).toEqual({
      ...{ method: 'POST', url: '/v1?a=1', authorization: 'Bearer k', length: '8', body: 'Säg det' },
    });
  });

  it('goes to each address that it is given, whatever was called before', async () => {
    const url = await serve(({ method, url }, response) => response.end(`${method} ${url}`));
    const post = async (path: string) => (await leanFetch(url + path, { method: 'POST', body: '' })).text();
    expect([await post('/a?b=1'), await textOf(`${url}/a?b=1`), await textOf(`${url}/c`)]).toEqual([
      ...['POST /v1/a?b=1', 'GET /v1/a?b=1', 'GET /v1/c'],
    ]);
  });

  it('can be left at the very moment of its end', async () => {
    const { url, reader, going } = await begin();
    const response = await going;
    await textOf(`${url}/other`); // by then the first piece waits to be read
    response.end('last');
    for (let time = 0; time < 2; time++) await textOf(`${url}/other`); // and by then the last, with the end behind it
    vi.advanceTimersByTime(5);
    void reader?.read();
    await reader?.cancel();
    await textOf(`${url}/other`); // an error of the end would have come
  });

  it('gives the first piece at once, and together what comes in the next 5 ms', async () => {
    const { url, reader, going } = await begin();
    const next = async () => new TextDecoder().decode((await reader?.read())?.value);
    expect(await next()).toBe('first');
    const response = await going;
    for (const each of ['a', 'b', 'c']) {
      response.write(each);
      await textOf(`${url}/other`); // by then it has come
    }
    vi.advanceTimersByTime(5);
    expect(await next()).toBe('abc');
    response.end();
    await textOf(`${url}/other`);
    vi.advanceTimersByTime(5);
    expect(await reader?.read()).toEqual({ done: true, value: undefined });
  });

  it.each([
    ['gzip', gzipSync('packed')],
    ['deflate', deflateSync('packed')],
    ['br', brotliCompressSync('packed')],
    ['GZIP', gzipSync('packed')],
    ['identity', Buffer.from('packed')],
  ])('unpacks %s', async (encoding, bytes) => {
    expect(
      await textOf(await serve((_, response) => response.writeHead(200, { 'content-encoding': encoding }).end(bytes))),
    ).toBe('packed');
  });

  it('unpacks what has come while more is to come', async () => {
    const url = await serve((_, response) => {
      response.writeHead(200, { 'content-encoding': 'gzip' });
      const gzip = createGzip();
      gzip.pipe(response);
      gzip.write('first');
      gzip.flush();
    });
    const reader = (await leanFetch(url)).body?.getReader();
    expect(new TextDecoder().decode((await reader?.read())?.value)).toBe('first');
    await reader?.cancel();
  });

  it('fails where what is packed is damaged', async () => {
    const url = await serve((_, response) => response.writeHead(200, { 'content-encoding': 'gzip' }).end('no gzip'));
    await expect(textOf(url)).rejects.toThrow('incorrect header check');
  });

  it.each([204, 304])('gives no body with %i', async (status) => {
    const response = await leanFetch(await serve((_, response) => response.writeHead(status).end()));
    expect([response.status, response.body]).toEqual([status, null]);
  });

  it('does not go where it is led', async () => {
    let asked = 0;
    const url = await serve((_, response) => {
      asked++;
      response.writeHead(307, { location: '/elsewhere' }).end();
    });
    const response = await leanFetch(url);
    expect([response.status, response.headers.get('location'), asked]).toEqual([307, '/elsewhere', 1]);
  });

  it.each([200, 204])('calls again over the same connection after %i', async (status) => {
    let connections = 0;
    const url = await serve((_, response) => response.writeHead(status).end());
    server?.on('connection', () => connections++);
    for (let call = 0; call < 3; call++) expect(await textOf(url)).toBe('');
    expect(connections).toBe(1);
  });

  it('tells why nobody can be reached', async () => {
    const url = await serve(() => undefined);
    server?.close();
    const failure = leanFetch(url);
    await expect(failure).rejects.toBeInstanceOf(TypeError);
    await expect(failure).rejects.toMatchObject({ message: 'fetch failed', cause: { code: 'ECONNREFUSED' } });
  });

  it.each([
    ['no HTTP', 'hello\r\n\r\n'],
    ['a status that there is not', 'HTTP/1.1 999 Odd\r\n\r\n'],
  ])('fails and hangs up where the answer is %s', async (_, answer) => {
    const closed = Promise.withResolvers<void>();
    const url = await serve(({ socket }) => {
      socket.on('close', () => closed.resolve());
      socket.write(answer);
    });
    await expect(leanFetch(url)).rejects.toThrow('fetch failed');
    await closed.promise;
  });

  it('fails where the connection breaks in the middle of a body', async () => {
    const url = await serve((_, response) => {
      response.write('half', () => response.destroy());
    });
    await expect(textOf(url)).rejects.toThrow('aborted');
  });

  it('sends nothing once it is aborted', async () => {
    let asked = 0;
    const url = await serve(() => asked++);
    const reason = new Error('enough');
    await expect(leanFetch(url, { signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
    expect(asked).toBe(0);
  });

  it('is aborted before it is answered', async () => {
    const leaving = new AbortController();
    const closed = Promise.withResolvers<void>();
    const url = await serve((request) => {
      request.on('close', closed.resolve);
      leaving.abort();
    });
    await expect(leanFetch(url, { signal: leaving.signal })).rejects.toMatchObject({ name: 'AbortError' });
    await closed.promise;
  });

  it('is aborted in the middle of a body', async () => {
    const leaving = new AbortController();
    const closed = Promise.withResolvers<void>();
    const url = await serve((_, response) => {
      response.on('close', closed.resolve);
      response.write('half');
    });
    const response = await leanFetch(url, { signal: leaving.signal });
    leaving.abort();
    await expect(response.text()).rejects.toThrow();
    await closed.promise;
  });

  it('hangs up on a body that is cancelled', async () => {
    const closed = Promise.withResolvers<void>();
    const url = await serve((_, response) => {
      response.on('close', closed.resolve);
      response.write('half');
    });
    await (await leanFetch(url)).body?.cancel();
    await closed.promise;
  });

  it('takes no more from the network than somebody reads', async () => {
    const megabytes = 64;
    let sent = 0;
    const url = await serve(async (request, response) => {
      if (request.url !== '/v1') return response.end('text');
      for (; sent < megabytes; sent++) if (!response.write(Buffer.alloc(2 ** 20))) await once(response, 'drain');
      return response.end();
    });
    const response = await leanFetch(url);
    for (let call = 0; call < 50; call++) await textOf(`${url}/other`);
    expect(sent).toBeLessThan(megabytes / 2);
    expect((await response.bytes()).length).toBe(megabytes * 2 ** 20);
  });

  it('fails where a server wants to change protocols', async () => {
    const url = await serve(({ socket }) => {
      socket.write('HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n');
    });
    await expect(leanFetch(url)).rejects.toThrow('fetch failed');
  });

  it('sends nothing but texts', async () => {
    await expect(leanFetch('http://127.0.0.1:1', { method: 'POST', body: new FormData() })).rejects.toThrow(TypeError);
    await expect(leanFetch(new Request('http://127.0.0.1:1'))).rejects.toThrow(TypeError);
    await expect(leanFetch('file:///etc/passwd')).rejects.toThrow(TypeError);
  });
});
