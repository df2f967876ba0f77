import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it } from 'vitest';
import { addressHeader, noteAddress } from './address';

describe('the address of a request', () => {
  it('is the one that its socket has, whatever its sender claims', async () => {
    const server = createServer((request, response) => {
      noteAddress(request);
      response.end(request.headers[addressHeader]);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const headers = { [addressHeader]: '192.0.2.99', 'x-forwarded-for': '192.0.2.98' };
    try {
      const response = await fetch(`http://127.0.0.1:${port}/`, { headers });
      expect(await response.text()).toBe('127.0.0.1');
    } finally {
      server.close();
    }
  });
});
