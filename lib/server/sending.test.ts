import { describe, expect, it } from 'vitest';
import { addressHeader } from './address';
import { sendBytes } from './sending';
import { services } from './services';
import { freshServices } from './services.fixture';

freshServices();

const from = (address: string) => new Request('http://localhost/', { headers: { [addressHeader]: address } });
const send = (address: string, bytes: Uint8Array) => sendBytes(from(address), bytes, {});
const large = new Uint8Array(200 * 1024 * 1024);

describe('an answer', () => {
  it('comes whole, in pieces, and is held until the last is read', async () => {
    const bytes = Uint8Array.from({ length: 200_000 }, (_, at) => at % 251);
    const response = await send('a', bytes);
    expect(services().held.get('a')).toBe(bytes.length);
    const pieces: Uint8Array[] = [];
    for await (const piece of response.body ?? []) pieces.push(piece);
    expect(pieces.length).toBe(4);
    expect(Buffer.concat(pieces).equals(bytes)).toBe(true);
    expect(services().held.size).toBe(0);
  });

  it('is refused where others wait to be read that are as much as may be, until one is read or left', async () => {
    const waiting = [await send('a', large), await send('a', large)];
    const refused = await send('a', large);
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '5']);
    expect(await refused.json()).toMatchObject({ error: { code: 'too_much_unread' } });
    expect((await send('b', large)).status).toBe(200);
    await waiting[0]?.body?.cancel();
    expect((await send('a', large)).status).toBe(200);
  });

  it('is not held for whoever has left before its first piece, or wants none', async () => {
    const left = new AbortController();
    const asked = (more: RequestInit) => new Request(from('a'), more);
    await sendBytes(asked({ signal: left.signal }), large, {});
    expect(services().held.size).toBe(1);
    left.abort();
    expect(services().held.size).toBe(0);
    await sendBytes(asked({ signal: AbortSignal.abort() }), large, {});
    const head = await sendBytes(asked({ method: 'HEAD' }), large, { 'content-type': 'text/plain' });
    expect([head.body, head.headers.get('content-type'), services().held.size]).toEqual([null, 'text/plain', 0]);
  });

  it('of nothing is over at once', async () => {
    expect(await (await send('a', new Uint8Array())).text()).toBe('');
    expect(services().held.size).toBe(0);
  });
});
