import { describe, expect, it } from 'vitest';
import { hashToken, newToken, ownerIn, ownerOf, visitorOf } from './visitor';

const asking = (headers: Record<string, string>): Request => new Request('http://localhost:3000/', { headers });
const cookieOf = (headers: Record<string, string>): string => headers['set-cookie']?.split(';')[0] ?? '';

describe('a visitor', () => {
  it('becomes an owner at the first request, and is known again by the cookie', () => {
    const first = visitorOf(asking({}));
    const again = visitorOf(asking({ cookie: cookieOf(first.headers) }));
    expect(again).toEqual({ owner: first.owner, headers: {} });
    expect(first.owner).toMatch(/^[0-9a-f]{64}$/);
  });

  it('has a cookie that scripts cannot read and other sites do not send', () => {
    expect(visitorOf(asking({})).headers['set-cookie']).toMatch(/; Path=\/; HttpOnly; SameSite=Lax; Max-Age=31536000$/);
    expect(visitorOf(asking({ origin: 'https://seedbed.example' })).headers['set-cookie']).toContain('; Secure');
  });

  it('is never the same as another', () => {
    expect(new Set(Array.from({ length: 50 }, () => visitorOf(asking({})).owner)).size).toBe(50);
  });

  it('is stored as a hash: the token itself is nowhere but in the cookie', () => {
    const { owner, headers } = visitorOf(asking({}));
    const token = cookieOf(headers).split('=')[1] ?? '';
    expect(token).toMatch(/^[\w-]{43}$/);
    expect(owner).toBe(hashToken(token));
    expect(owner).not.toContain(token);
  });
});

describe('ownerIn', () => {
  const token = newToken();
  it.each([
    [`seedbed_visitor=${token}`],
    [`a=b; seedbed_visitor=${token}`],
    [`a=b; seedbed_visitor=${token}; c=d`],
    [`seedbed_visitor=${token};c=d`],
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
    [`seedbed_visitor=${token.slice(1)}!`],
  ])('finds nobody in %s', (cookies) => {
    expect(ownerIn(cookies)).toBeNull();
    expect(ownerOf(asking(cookies === null ? {} : { cookie: cookies }))).toBeNull();
  });
});
