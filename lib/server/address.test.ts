import { IncomingMessage } from 'node:http';
import { Socket } from 'node:net';
import { describe, expect, it } from 'vitest';
import { addressHeader, networkOf, noteAddress } from './address';

const noted = (
  headers: IncomingMessage['headers'],
  proxies = 0,
  address: string | undefined = '192.0.2.1',
): unknown => {
  const request = new IncomingMessage(Object.defineProperty(new Socket(), 'remoteAddress', { value: address }));
  request.headers = headers;
  noteAddress(request, proxies);
  return request.headers[addressHeader];
};

describe('noteAddress', () => {
  it("notes the socket's address, whatever the sender says of itself", () => {
    const claims = { [addressHeader]: '1.1.1.1', 'x-forwarded-for': '2.2.2.2', forwarded: 'for=3.3.3.3' };
    expect(noted(claims)).toBe('192.0.2.1');
  });

  it('says so if the address is not known, as that of a socket that has just closed', () => {
    const request = new IncomingMessage(new Socket());
    noteAddress(request, 0);
    expect(request.headers[addressHeader]).toBe('unknown');
  });

  it.each([
    [1, 'what the sender made up, 203.0.113.9', '203.0.113.9'],
    [1, '203.0.113.9', '203.0.113.9'],
    [2, '6.6.6.6, 203.0.113.9, 198.51.100.7', '203.0.113.9'],
    [2, '203.0.113.9', '203.0.113.9'],
    [1, '', '192.0.2.1'],
    [1, '6.6.6.6,', '192.0.2.1'],
    [1, undefined, '192.0.2.1'],
    [1, '2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
  ])('takes the word of %j proxies in front, and none before theirs: %j', (proxies, forwarded, address) => {
    expect(noted(forwarded === undefined ? {} : { 'x-forwarded-for': forwarded }, proxies)).toBe(address);
  });
});

describe('networkOf', () => {
  it.each([
    ['192.0.2.1', '192.0.2.1'],
    ['::ffff:192.0.2.1', '192.0.2.1'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['2001:DB8:1:2::6', '2001:db8:1:2::/64'],
    ['2001:0db8:0001:0002:ffff::', '2001:db8:1:2::/64'],
    ['2001:db8::6', '2001:db8:0:0::/64'],
    ['fe80::1%eth0', 'fe80:0:0:0::/64'],
    ['::1', '0:0:0:0::/64'],
    ['192.0.2.1:50123', '192.0.2.1'],
    ['[2001:db8:1:2::6]:50123', '2001:db8:1:2::/64'],
    ['[2001:db8:1:2::6]', '2001:db8:1:2::/64'],
    ['unknown', 'unknown'],
  ])('counts %s as %s', (address, network) => {
    expect(networkOf(address)).toBe(network);
  });
});
