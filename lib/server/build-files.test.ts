import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { createServer, type IncomingMessage, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliCompressSync, brotliDecompressSync, gunzipSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BuildFiles } from './build-files';

const build = mkdtempSync(join(tmpdir(), 'seedbed-build-'));
const script = '/_next/static/chunks/3q-x_7.js';
const font = '/_next/static/media/inter.woff2';
const content = new Map([
  [script, 'let seed = 7;'],
  [font, 'letters'],
]);

beforeAll(async () => {
  await mkdir(join(build, 'static/chunks'), { recursive: true });
  const text = content.get(script) ?? '';
  writeFileSync(join(build, 'static/chunks/3q-x_7.js.br'), brotliCompressSync(text));
  writeFileSync(join(build, 'static/chunks/3q-x_7.js.gz'), gzipSync(text));
});
afterAll(() => rmSync(build, { recursive: true }));

/** A server that has the build's files, and passes on what is none of them; and what it asked of Next. */
function aServer() {
  const rendered: string[] = [];
  const headers = {
    ...{ 'content-type': 'text/any', 'cache-control': 'public, max-age=31536000, immutable' },
    ...{ etag: 'W/"1"', 'accept-ranges': 'bytes' },
  };
  const files = new BuildFiles(build, async (path) => {
    rendered.push(path);
    const body = content.get(path);
    return { status: body ? 200 : 404, headers, body: Buffer.from(body ?? 'no'), failure: 'failed' };
  });
  async function ask(path: string, asked: Record<string, string> = {}, method = 'GET') {
    const server = createServer(async (request, response) => {
      if (!(await files.answer(request, response))) response.end('passed on');
    });
    await once(server.listen(0, '127.0.0.1'), 'listening');
    const address = server.address();
    const port = typeof address === 'object' ? address?.port : undefined;
    const sent = request({ port, host: '127.0.0.1', path, method, headers: asked }).end();
    const [response] = (await once(sent, 'response')) as [IncomingMessage];
    const body = Buffer.concat(await response.toArray());
    server.close();
    return { status: response.statusCode, headers: response.headers, body };
  }
  return { rendered, ask };
}

describe('a file of the build', () => {
  it('is asked of Next once, with its headers, and sent as the build packed it', async () => {
    const { rendered, ask } = aServer();
    const small = await ask(script, { 'accept-encoding': 'gzip, deflate, br' });
    expect(small.headers).toMatchObject({ 'content-encoding': 'br', vary: 'Accept-Encoding', etag: 'W/"1"' });
    expect(small.headers['cache-control']).toContain('immutable');
    expect(small.headers['accept-ranges']).toBeUndefined();
    expect(brotliDecompressSync(small.body).toString()).toBe(content.get(script));
    const older = await ask(`${script}?dpl=1`, { 'accept-encoding': 'gzip' });
    expect(gunzipSync(older.body).toString()).toBe(content.get(script));
    const plain = await ask(script);
    expect([plain.headers['content-encoding'], plain.body.toString()]).toEqual([undefined, content.get(script)]);
    expect(rendered).toEqual([script]);
  });

  it('is sent as it is where nothing was gained by packing it', async () => {
    const { headers, body } = await aServer().ask(font, { 'accept-encoding': 'br' });
    expect([headers['content-encoding'], body.toString()]).toEqual([undefined, 'letters']);
  });

  it('has no body for HEAD, nor for whoever has it', async () => {
    const { ask } = aServer();
    expect(await ask(font, {}, 'HEAD')).toMatchObject({
      status: 200,
      headers: { 'content-length': '7' },
      body: Buffer.alloc(0),
    });
    expect(await ask(font, { 'if-none-match': 'W/"1"' })).toMatchObject({ status: 304, body: Buffer.alloc(0) });
  });
});

describe('what is none', () => {
  it('is passed on, and asked of Next each time if it could have been there', async () => {
    const { rendered, ask } = aServer();
    const missing = '/_next/static/chunks/none.js';
    for (let time = 0; time < 2; time++) expect((await ask(missing)).body.toString()).toBe('passed on');
    expect(rendered).toEqual([missing, missing]);
  });

  it.each([
    '/',
    '/_next/static',
    '/_next/static/../server/app/index.html',
    '/_next/static/chunks/%2e%2e/%2e%2e/BUILD_ID',
    '/_next/static//etc/passwd',
    '/_next/image',
  ])('is not even looked for: %s', async (path) => {
    const { rendered, ask } = aServer();
    expect((await ask(path)).body.toString()).toBe('passed on');
    expect(rendered).toEqual([]);
  });

  it('is whatever is sent to it', async () => {
    expect((await aServer().ask(script, {}, 'POST')).body.toString()).toBe('passed on');
  });
});
