import { once } from 'node:events';
import { createServer, type IncomingMessage, request } from 'node:http';
import { describe, expect, it } from 'vitest';
import { addressHeader } from './address';
import { type Door, type DoorSettings, makeDoor } from './door';

const here = { host: '127.0.0.1' };

type Asking = { door?: Door; method?: string; headers?: Record<string, string> };

/** What a server answers that does nothing but refuse at the door. */
async function ask(path: string, method = 'GET', { door = makeDoor(here), headers = {} }: Asking = {}) {
  const server = createServer(async (request, response) => {
    if (!(await door(request, response))) response.end('passed on');
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  const asked = request({ port, host: '127.0.0.1', path, method, headers }).end();
  const [response] = (await once(asked, 'response')) as [IncomingMessage];
  let body = '';
  for await (const chunk of response) body += chunk;
  server.close();
  const { 'content-type': type, allow } = response.headers;
  return { status: response.statusCode, type, allow, body, headers: response.headers };
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

describe('a request for another site', () => {
  const at = async (host: string, settings: DoorSettings = here) =>
    (await ask('/', 'GET', { door: makeDoor(settings), headers: { host } })).status;

  it.each(['localhost:3000', '127.0.0.1', '127.1.2.3:80', '[::1]:3000', 'LOCALHOST'])(
    'is none if it names this machine itself: %s',
    async (host) => {
      expect(await at(host)).toBe(200);
    },
  );

  it.each([
    'evil.example',
    'evil.example:3000',
    'localhost.evil.example',
    'evil-localhost',
    '127.0.0.1.evil.example',
    '192.0.2.1',
    'localhost.',
    '0.0.0.0',
    'a b',
  ])('is refused, whatever that name leads to: %j', async (host) => {
    expect(await at(host)).toBe(421);
    expect(await at(host, { ...here, publicUrl: 'https://seedbed.example' })).toBe(421);
  });

  it('is none if PUBLIC_URL names it, or HOST, or it is the very address that was reached', async () => {
    const settings = { publicUrl: 'https://seedbed.example', host: 'class.local' };
    for (const host of ['seedbed.example', 'Seedbed.example:443', 'class.local:3000', 'localhost'])
      expect(await at(host, settings)).toBe(200);
    expect(await at('other.example', settings)).toBe(421);
    expect(await at('other.example', { host: '0.0.0.0' })).toBe(421);
  });

  it('is refused in the format of the endpoint, and not kept', async () => {
    const { headers, body } = await ask('/api/models', 'GET', { headers: { host: 'evil.example' } });
    expect(JSON.parse(body)).toMatchObject({ error: { code: 'unknown_host' } });
    expect(headers['cache-control']).toBe('no-store');
    expect(headers['x-content-type-options']).toBe('nosniff');
  });
});

describe('a password', () => {
  const settings = { ...here, password: 'correct horse' };
  const basic = (word: string, name = '') => `Basic ${Buffer.from(`${name}:${word}`).toString('base64')}`;
  const status = async (
    authorization?: string,
    { door = makeDoor(settings), path = '/', method = 'GET', address = '' } = {},
  ) =>
    (
      await ask(path, method, {
        door,
        headers: { [addressHeader]: address, ...(authorization === undefined ? {} : { authorization }) },
      })
    ).status;

  it('is not asked for if none is set', async () => {
    expect(await status(undefined, { door: makeDoor(here) })).toBe(200);
  });

  const german = 'grünes Pferd';
  it.each([
    ['a browser', 'correct horse', basic('correct horse')],
    ['a browser with a name', 'correct horse', basic('correct horse', 'anna')],
    ['a browser, in other letters', german, basic(german)],
    ['an OpenAI client', 'one-word', 'Bearer one-word'],
    ['a program, with a space', 'correct horse', 'Bearer correct horse'],
    ['a program that sends other letters in UTF-8', german, `Bearer ${Buffer.from(german).toString('latin1')}`],
    ['a program that sends them in Latin-1', german, `Bearer ${german}`],
  ])('lets %s in', async (_, password, authorization) => {
    expect(await status(authorization, { door: makeDoor({ ...here, password }) })).toBe(200);
  });

  it.each([undefined, '', 'Basic', basic('wrong'), basic(''), basic('correct horse '), 'Bearer wrong', 'Digest x'])(
    'is asked for instead of %j',
    async (authorization) => {
      expect(await status(authorization)).toBe(401);
      const { headers } = await ask('/', 'GET', { door: makeDoor(settings) });
      expect(headers['www-authenticate']).toMatch(/^Basic realm=/);
    },
  );

  it('is asked for everywhere but where a watcher asks whether the server lives, and in preflights', async () => {
    for (const path of ['/', '/e/x', '/_next/static/x.js', '/api/models', '/v1/models', '/api/health/x'])
      expect(await status(undefined, { path })).toBe(401);
    for (const path of ['/api/health', '/api/health/live', '/api/health/ready'])
      expect(await status(undefined, { path })).toBe(200);
    expect(await status(undefined, { path: '/v1/chat/completions', method: 'OPTIONS' })).toBe(200);
  });

  it('may be guessed ten times a minute from one address, and then not even be right', async () => {
    const door = makeDoor(settings);
    const from = (address: string, word: string) => status(basic(word), { door, address });
    for (let time = 0; time < 10; time++) expect(await from('192.0.2.1', `guess ${time}`)).toBe(401);
    expect(await from('192.0.2.1', 'correct horse')).toBe(429);
    expect(await from('192.0.2.2', 'correct horse')).toBe(200);
    for (let time = 0; time < 20; time++) expect(await status(undefined, { door, address: '192.0.2.3' })).toBe(401);
    expect(await from('192.0.2.3', 'correct horse')).toBe(200);
  });
});

describe('the same wrong password', () => {
  it('is one guess, however often it is sent', async () => {
    const door = makeDoor({ ...here, password: 'correct horse' });
    const from = async (word: string) =>
      (await ask('/', 'GET', { door, headers: { [addressHeader]: '192.0.2.1', authorization: `Bearer ${word}` } }))
        .status;
    for (let time = 0; time < 30; time++) expect(await from('an old password')).toBe(401);
    expect(await from('correct horse')).toBe(200);
    for (let time = 0; time < 9; time++) expect(await from(`guess ${time}`)).toBe(401);
    expect(await from('correct horse')).toBe(429);
  });
});

describe('an answer of a site at https', () => {
  it('tells browsers to ask no other way, whatever it is', async () => {
    const door = makeDoor({ ...here, publicUrl: 'https://seedbed.example' });
    for (const path of ['/', '/e/%ff'])
      expect((await ask(path, 'GET', { door })).headers['strict-transport-security']).toBe('max-age=31536000');
    expect((await ask('/')).headers['strict-transport-security']).toBeUndefined();
  });
});
