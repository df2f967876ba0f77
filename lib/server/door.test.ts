import { once } from 'node:events';
import { createServer, type IncomingMessage, request } from 'node:http';
import { describe, expect, it } from 'vitest';
import { refuseBadRequest } from './bad-request';

/** What a server answers that does nothing but refuse bad requests. */
async function ask(path: string, method = 'GET') {
  const server = createServer((request, response) => {
    if (!refuseBadRequest(request, response)) response.end('passed on');
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  const asked = request({ port, host: '127.0.0.1', path, method }).end();
  const [response] = (await once(asked, 'response')) as [IncomingMessage];
  let body = '';
  for await (const chunk of response) body += chunk;
  server.close();
  const { 'content-type': type, allow } = response.headers;
  return { status: response.statusCode, type, allow, body };
}

describe('a path that cannot be read', () => {
  it.each(['/e/%ff', '/e/%', '/learn/%E0%A4%A', '/%ff', '*'])('%s is answered 400, in plain text', async (path) => {
    expect(await ask(path)).toMatchObject({ status: 400, type: 'text/plain; charset=utf-8' });
  });

  it('is refused in the format of the endpoint', async () => {
    expect(JSON.parse((await ask('/api/experiments/%ff')).body)).toMatchObject({ error: { code: 'invalid_path' } });
    expect(JSON.parse((await ask('/v1/models/%ff')).body)).toMatchObject({
      error: { type: 'invalid_request_error', param: null, code: 'invalid_path' },
    });
  });
});

describe('a method that nothing here has', () => {
  it.each(['TRACE', 'PROPFIND', 'MKCOL'])('%s is answered 405, with those that there are', async (method) => {
    const { status, allow, body } = await ask('/api/experiments', method);
    expect({ status, allow }).toEqual({ status: 405, allow: 'GET, HEAD, OPTIONS, POST, PUT, PATCH, DELETE' });
    expect(JSON.parse(body)).toMatchObject({ error: { code: 'method_not_allowed' } });
    expect(JSON.parse((await ask('/v1/models', method)).body)).toMatchObject({
      error: { type: 'invalid_request_error', code: 'method_not_allowed' },
    });
  });

  it.each(['POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'TRACE'])('%s of a page or a file is one', async (method) => {
    for (const path of ['/', '/e/abc', '/theme.js'])
      expect(await ask(path, method)).toMatchObject({ status: 405, allow: 'GET, HEAD' });
  });
});

describe('any other request', () => {
  it.each(['/', '/e/abc', '/e/%C3%A9', '/history?search=%ff', '/v1', '/apiary'])(
    'for %s is passed on',
    async (path) => {
      expect((await ask(path)).body).toBe('passed on');
    },
  );

  it.each(['/api/experiments/x', '/v1/chat/completions'])('may have any usual method (%s)', async (path) => {
    for (const method of ['POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'])
      expect((await ask(path, method)).body).toBe('passed on');
  });
});
