import { once } from 'node:events';
import { createServer, get, type IncomingMessage } from 'node:http';
import { describe, expect, it } from 'vitest';
import { refuseBadPath } from './bad-path';

/** What a server answers that does nothing but refuse bad paths. */
async function ask(path: string): Promise<{ status: number | undefined; type: string | undefined; body: string }> {
  const server = createServer((request, response) => {
    if (!refuseBadPath(request, response)) response.end('passed on');
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  const [response] = (await once(get({ port, host: '127.0.0.1', path }), 'response')) as [IncomingMessage];
  let body = '';
  for await (const chunk of response) body += chunk;
  server.close();
  return { status: response.statusCode, type: response.headers['content-type'], body };
}

describe('a path that cannot be read', () => {
  it.each(['/e/%ff', '/e/%', '/learn/%E0%A4%A', '/%ff'])('%s is answered 400, in plain text', async (path) => {
    expect(await ask(path)).toMatchObject({ status: 400, type: 'text/plain; charset=utf-8' });
  });

  it('is refused in the format of the endpoint', async () => {
    expect(JSON.parse((await ask('/api/experiments/%ff')).body)).toMatchObject({ error: { code: 'invalid_path' } });
    expect(JSON.parse((await ask('/v1/models/%ff')).body)).toMatchObject({
      error: { type: 'invalid_request_error', param: null, code: 'invalid_path' },
    });
  });
});

describe('a path that can be read', () => {
  it.each(['/', '/e/abc', '/e/%C3%A9', '/history?search=%ff'])('%s is passed on', async (path) => {
    expect((await ask(path)).body).toBe('passed on');
  });
});
