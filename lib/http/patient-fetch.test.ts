import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Agent } from 'undici';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { patientFetch } from './patient-fetch';

afterEach(() => void vi.restoreAllMocks());

describe('a patient fetch', () => {
  it('is not ended by Node, which has limits of its own unless it is told', async () => {
    const sent = vi.spyOn(globalThis, 'fetch').mockResolvedValue(new Response('x'));
    await patientFetch('http://x.invalid', { method: 'POST' });
    const init = sent.mock.calls[0]?.[1] ?? {};
    expect(init.method).toBe('POST');
    const dispatcher: object = Reflect.get(init, 'dispatcher');
    expect(dispatcher).toBeInstanceOf(Agent);
    const options = Object.getOwnPropertySymbols(dispatcher).map((symbol) => Reflect.get(dispatcher, symbol));
    expect(options).toContainEqual(expect.objectContaining({ headersTimeout: 0, bodyTimeout: 0 }));
  });

  it('sends and reads as any other', async () => {
    const server = createServer((request, response) => request.pipe(response));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    // A border: a server that listens on a port has an address of this kind.
    const { port } = server.address() as AddressInfo;
    const response = await patientFetch(`http://127.0.0.1:${port}`, { method: 'POST', body: 'Hello.' });
    expect(await response.text()).toBe('Hello.');
    server.close();
  });
});
