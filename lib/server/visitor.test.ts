import { describe, expect, it } from 'vitest';
import { startExperiment } from './experiments';
import { scriptedRecipe } from './scripted-provider.fixture';
import { anExperiment, freshServices, installServices, newVisitor, request } from './services.fixture';
import { hashToken, newToken, ownerIn, ownerOf, signedOwner, visitorKey, visitorOf } from './visitor';

const rig = freshServices();

const asking = (headers: Record<string, string>): Request => new Request('http://localhost:3000/', { headers });
const cookieOf = (headers: Record<string, string>): string => headers['set-cookie']?.split(';')[0] ?? '';
const tokenOf = (headers: Record<string, string>): string => /=([\w-]{43})\./.exec(cookieOf(headers))?.[1] ?? '';

describe('a visitor', () => {
  it('becomes an owner at the first request, and is known again by the cookie', async () => {
    const first = await visitorOf(asking({}));
    const again = await visitorOf(asking({ cookie: cookieOf(first.headers) }));
    expect(again).toEqual({ owner: first.owner, headers: {} });
    expect(first.owner).toMatch(/^[0-9a-f]{64}$/);
  });

  it('has a cookie that scripts cannot read and other sites do not send', async () => {
    expect((await visitorOf(asking({}))).headers['set-cookie']).toMatch(
      /^seedbed_visitor=[\w-]{43}\.[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax; Max-Age=31536000$/,
    );
  });

  it.each([
    ['a page at https', {}, { origin: 'https://seedbed.example' }],
    ['a program, of a site at https', { PUBLIC_URL: 'https://seedbed.example' }, {}],
  ])('has a cookie that is sent over https only and taken from no subdomain, as %s', async (_, variables, headers) => {
    const site = installServices(variables as Record<string, string>);
    const first = await visitorOf(asking({ ...headers }));
    expect(first.headers['set-cookie']).toMatch(/^__Host-seedbed_visitor=.*; Path=\/; .*; Secure$/);
    const again = await visitorOf(asking({ ...headers, cookie: cookieOf(first.headers) }));
    expect(again).toEqual({ owner: first.owner, headers: {} });
    await site.remove();
  });

  it('gets such a cookie in place of another once the site is at https, and stays who it is', async () => {
    const visitor = newVisitor();
    const { owner, headers } = await visitorOf(asking({ cookie: visitor.cookie, origin: 'https://seedbed.example' }));
    expect(owner).toBe(visitor.owner);
    expect(headers['set-cookie']).toMatch(/^__Host-seedbed_visitor=.*; Secure$/);
  });

  it('is never the same as another', async () => {
    const owners = await Promise.all(Array.from({ length: 50 }, async () => (await visitorOf(asking({}))).owner));
    expect(new Set(owners).size).toBe(50);
  });

  it('is stored as a hash: the token itself is nowhere but in the cookie', async () => {
    const { owner, headers } = await visitorOf(asking({}));
    expect(owner).toBe(hashToken(tokenOf(headers)));
    expect(owner).not.toContain(tokenOf(headers));
  });
});

describe('a cookie that was not made here', () => {
  const invented = newToken();
  const other = newVisitor().cookie.split('.')[1];

  it.each([
    ['without a signature', `seedbed_visitor=${invented}`],
    ['with the signature of another', `seedbed_visitor=${invented}.${other}`],
    ['with any signature', `seedbed_visitor=${invented}.${'A'.repeat(43)}`],
    ['that is guarded', `__Host-seedbed_visitor=${invented}.${'A'.repeat(43)}`],
  ])('begins nothing as whom it names, and has no turn of its own: %s', async (_, cookie) => {
    const { owner, headers } = await visitorOf(asking({ cookie }));
    expect(owner).not.toBe(hashToken(invented));
    expect(tokenOf(headers)).toMatch(/^[\w-]{43}$/);
    expect(await signedOwner(cookie)).toBeNull();
    expect(await visitorKey(asking({ cookie, 'x-seedbed-address': '192.0.2.1' }))).toBe('192.0.2.1');
  });

  it('leads to another owner in the store', async () => {
    const cookie = `seedbed_visitor=${invented}`;
    const response = await startExperiment(request('POST', '/', { body: scriptedRecipe(1), headers: { cookie } }));
    expect(response.headers.get('set-cookie')).not.toContain(invented);
    expect(await rig.store.knows(hashToken(invented))).toBe(false);
  });
});

describe('a cookie of an older version, which is not signed', () => {
  it('opens what was made with it, and is signed at the next beginning', async () => {
    const token = newToken();
    const cookie = `seedbed_visitor=${token}`;
    await rig.store.create(anExperiment('older', { owner: hashToken(token) }));
    expect(ownerIn(cookie)).toBe(hashToken(token));
    const { owner, headers } = await visitorOf(asking({ cookie }));
    expect(owner).toBe(hashToken(token));
    expect(tokenOf(headers)).toBe(token);
    expect(await signedOwner(cookieOf(headers))).toBe(owner);
  });
});

describe('ownerIn', () => {
  const token = newToken();
  const signed = `${token}.${'A'.repeat(43)}`;
  it.each([
    [`seedbed_visitor=${token}`],
    [`a=b; seedbed_visitor=${token}`],
    [`a=b; seedbed_visitor=${token}; c=d`],
    [`seedbed_visitor=${token};c=d`],
    [`a=b; seedbed_visitor=${signed};c=d`],
    [`seedbed_visitor=${newToken()}; __Host-seedbed_visitor=${signed}`],
  ])('finds the cookie in %s', (cookies) => {
    expect(ownerIn(cookies)).toBe(hashToken(token));
  });

  it.each([
    [null],
    [''],
    ['seedbed_visitor='],
    ['seedbed_visitor=short'],
    [`xseedbed_visitor=${token}`],
    [`seedbed_visitor=${token}x`],
    [`seedbed_visitor=${signed}x`],
    [`seedbed_visitor=${token}.short`],
    [`seedbed_visitor=${token.slice(1)}!`],
  ])('finds nobody in %s', (cookies) => {
    expect(ownerIn(cookies)).toBeNull();
    expect(ownerOf(asking(cookies === null ? {} : { cookie: cookies }))).toBeNull();
  });
});
