import { describe, expect, it } from 'vitest';
import { readEnvironment } from './environment';
import { isLoopback, siteAt, tellWhoMayCome } from './listening';

const told = (variables: Record<string, string>): string =>
  tellWhoMayCome(readEnvironment({ NODE_ENV: 'test', ...variables }), 3000).join(' ');

describe('what an operator is told of who may come', () => {
  it('is nothing where only this machine can', () => {
    for (const HOST of ['', '127.0.0.1', 'localhost', '::1']) expect(told({ HOST })).toBe('');
  });

  it('is the address, and that there is no password and no https', () => {
    expect(told({ HOST: '192.0.2.1' })).toBe(
      'It listens at 192.0.2.1, port 3000 (HOST): whoever reaches that can use it. No password is asked for; ACCESS_PASSWORD sets one. ' +
        'Each visitor and each address has limits (limits in the configuration). Pages run experiments at http://192.0.2.1:3000 and at ' +
        'loopback only; requests for any other name are refused. Nothing is encrypted on the way: put a proxy with https in front.',
    );
  });

  it('is that an address of the site is needed where it listens everywhere', () => {
    expect(told({ HOST: '0.0.0.0' })).toContain('until PUBLIC_URL says');
  });

  it('is what protects it, and that a proxy hides who asks', () => {
    const proxied = { PUBLIC_URL: 'https://seedbed.example', ACCESS_PASSWORD: 'correct horse' };
    expect(told(proxied)).toBe(
      'A password is asked for (ACCESS_PASSWORD), and each visitor and each address has limits. Pages run experiments at ' +
        'https://seedbed.example and at loopback only; requests for any other name are refused. If a proxy stands in front, set ' +
        'TRUSTED_PROXIES: all visitors count as one address until then.',
    );
    expect(told({ ...proxied, TRUSTED_PROXIES: '1' })).not.toContain('TRUSTED_PROXIES');
  });
});

it('loopback is this machine and nothing that is called like it', () => {
  expect(['127.0.0.1', '127.9.9.9', 'localhost', '::1', '0.0.0.0', '127.0.0.1.example', '::'].map(isLoopback)).toEqual([
    ...[true, true, true, true],
    ...[false, false, false],
  ]);
});

it('the address of a site has brackets around one of IPv6', () => {
  expect(['192.0.2.1', '2001:db8::1', '0.0.0.0', '::'].map((host) => siteAt(host, 80))).toEqual([
    ...['http://192.0.2.1:80', 'http://[2001:db8::1]:80'],
    ...[null, null],
  ]);
});
