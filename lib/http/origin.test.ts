import { describe, expect, it } from 'vitest';
import { foreignOrigin } from './origin';

const requestTo = (host: string, origin?: string): Request =>
  new Request(`http://${host}/api/experiments`, { headers: origin === undefined ? { host } : { host, origin } });

describe('foreignOrigin', () => {
  it('lets programs through, which send no Origin', () => {
    expect(foreignOrigin(requestTo('localhost:3000'), undefined)).toBeNull();
    expect(foreignOrigin(requestTo('seedbed.example'), 'https://seedbed.example')).toBeNull();
  });

  it.each([
    ['localhost:3000', 'http://localhost:3000'],
    ['127.0.0.1:3000', 'http://127.0.0.1:3000'],
    ['[::1]:3000', 'http://[::1]:3000'],
    ['localhost', 'http://localhost'],
    ['LOCALHOST:3000', 'http://localhost:3000'],
  ])('lets a page of this machine through, requested at %s from %s', (host, origin) => {
    expect(foreignOrigin(requestTo(host, origin), undefined)).toBeNull();
  });

  it.each([
    ['another site', 'localhost:3000', 'https://evil.example'],
    ['another port', 'localhost:3000', 'http://localhost:3001'],
    ['another name of this machine', 'localhost:3000', 'http://127.0.0.1:3000'],
    ['a frame without an origin', 'localhost:3000', 'null'],
    ['a file', 'localhost:3000', 'file://'],
    ['an extension', 'localhost:3000', 'chrome-extension://abc'],
    ['no address', 'localhost:3000', 'localhost:3000'],
    ['an empty text', 'localhost:3000', ''],
    ['a name that ends like this machine', 'localhost:3000', 'http://evil-localhost:3000'],
    ['a name that begins like this machine', 'localhost:3000', 'http://localhost.evil.example:3000'],
    ['a name that was rebound to this machine', 'evil.example:3000', 'http://evil.example:3000'],
    ['a public address', '203.0.113.7', 'http://203.0.113.7'],
  ])('refuses %s', (_, host, origin) => {
    expect(foreignOrigin(requestTo(host, origin), undefined)).toMatchObject({ status: 403, code: 'foreign_origin' });
  });

  it('tells the operator to set PUBLIC_URL', () => {
    expect(foreignOrigin(requestTo('seedbed.example', 'https://seedbed.example'), undefined)?.message).toContain(
      'PUBLIC_URL',
    );
  });

  it('lets the pages of PUBLIC_URL through, and of no similar address', () => {
    const own = 'https://seedbed.example';
    expect(foreignOrigin(requestTo('10.0.0.7:3000', own), own)).toBeNull();
    for (const other of [
      'http://seedbed.example',
      'https://seedbed.example:8443',
      'https://www.seedbed.example',
      'https://seedbed.example.evil.example',
      'null',
    ])
      expect(foreignOrigin(requestTo('10.0.0.7:3000', other), own)).toMatchObject({ status: 403 });
  });

  it('refuses any page if the request names no host', () => {
    const request = new Request('http://localhost:3000/', { headers: { origin: 'http://localhost:3000' } });
    expect(foreignOrigin(request, undefined)).toMatchObject({ status: 403 });
  });
});
