import { once } from 'node:events';
import { createServer, IncomingMessage, type RequestListener, request, ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { tellFailure } from './page-failure';
import { mayGetPage, render, sendRendered } from './render';

const policy = "script-src 'self'";

/** Marks its script as Next does, and keeps the page of that etag. */
const next: RequestListener = (asked, response) => {
  response.setHeader('content-security-policy', policy);
  if (asked.headers['if-none-match'] === '"a"') {
    response.writeHead(304, { etag: '"a"' }).end();
    return;
  }
  if (asked.url === '/icon.svg') {
    response.writeHead(200, { 'content-type': 'image/svg+xml' }).end('<svg/>');
    return;
  }
  const [, mark] = /'nonce-(.+)'/.exec(String(asked.headers['content-security-policy'])) ?? [];
  if (asked.url === '/busy') tellFailure('busy');
  if (asked.url === '/fails' || asked.url === '/busy') {
    response.writeHead(500, { 'content-type': 'text/html; charset=utf-8' }).end('<html><head><title>');
    return;
  }
  response.writeHead(asked.url === '/' ? 200 : 404, { 'content-type': 'text/html; charset=utf-8', etag: '"a"' });
  response.end(`<p>${asked.headers.cookie ?? 'nobody'}</p><script nonce="${mark}">go()</script>`);
};

async function ask(path: string, headers: Record<string, string> = {}, method = 'GET') {
  const server = createServer(async (asked, response) =>
    sendRendered(asked, response, await render(next, asked.url ?? '', asked.headers)),
  );
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  const [response] = (await once(request({ port, host: '127.0.0.1', path, method, headers }).end(), 'response')) as [
    IncomingMessage,
  ];
  const chunks: Buffer[] = [];
  for await (const chunk of response) chunks.push(chunk);
  server.close();
  const body = Buffer.concat(chunks);
  const text = response.headers['content-encoding'] === 'gzip' ? gunzipSync(body).toString() : body.toString();
  return { status: response.statusCode, headers: response.headers, text };
}

describe('a page', () => {
  it('is not sent to whoever has left', async () => {
    const rendered = await render(next, '/', {});
    const response = new ServerResponse(new IncomingMessage(new Socket()));
    response.destroy();
    await sendRendered(response.req, response, rendered);
    expect(response.writableEnded).toBe(false);
  });

  it('is sent whole with the hash of its script, whatever its status, and without the mark', async () => {
    for (const [path, status] of [
      ['/', 200],
      ['/nothing', 404],
    ] as const) {
      const page = await ask(path, { cookie: 'a=1', 'content-security-policy': "script-src 'nonce-guessed'" });
      expect([page.status, page.text]).toEqual([status, '<p>a=1</p><script nonce="">go()</script>']);
      expect(page.headers['content-security-policy']).toMatch(/^script-src 'self' 'sha256-[\w+/]{43}='$/);
      expect(page.headers['content-length']).toBe(String(page.text.length));
    }
  });

  it('that failed names its request', async () => {
    const { status, text } = await ask('/fails', { 'x-request-id': 'req_1' });
    expect(status).toBe(500);
    expect(text).toContain('The request was req_1.');
  });

  it('that failed since there was too much to do says so, and when to ask again', async () => {
    const { status, headers, text } = await ask('/busy');
    expect([status, headers['retry-after'], headers['cache-control']]).toEqual([503, '5', 'no-store']);
    expect(text).toContain('many other requests');
  });

  it('is packed for whoever takes that, and has no body for HEAD', async () => {
    const packed = await ask('/', { 'accept-encoding': 'gzip' });
    expect([packed.headers['content-encoding'], packed.text]).toEqual(['gzip', (await ask('/')).text]);
    const { headers, text } = await ask('/', {}, 'HEAD');
    expect([headers['content-length'], text]).toEqual([(await ask('/')).headers['content-length'], '']);
  });

  it('is not sent again to whoever has it, and keeps the policy that came with it', async () => {
    const { status, headers, text } = await ask('/', { 'if-none-match': '"a"' });
    expect([status, headers.etag, headers['content-security-policy'], text]).toEqual([304, '"a"', undefined, '']);
  });
});

it('leaves what is no page as it is', async () => {
  const { headers, text } = await ask('/icon.svg', { 'accept-encoding': 'gzip' });
  expect([headers['content-security-policy'], headers['content-encoding'], text]).toEqual([
    policy,
    undefined,
    '<svg/>',
  ]);
});

it.each([
  ['GET', '/', {}, true],
  ['HEAD', '/e/a?view=tree', {}, true],
  ['GET', '/api-keys', {}, true],
  ['GET', '/learn', { rsc: '1' }, false],
  ['POST', '/learn', {}, false],
  ['GET', '/api/experiments/a', {}, false],
  ['GET', '/v1', {}, false],
  ['GET', '/_next/static/a.js', {}, false],
])('%s %s may get a page: %#', (method, url, headers, may) => {
  expect(mayGetPage({ method, url, headers })).toBe(may);
});
