import { describe, expect, it } from 'vitest';
import { upstream } from './upstream';

type Call = { url: string; method: string; redirect: RequestInit['redirect'] };

/** Answers call by call, and notes what was asked. */
function answering(...answers: [status: number, headers: Record<string, string>, body?: string][]) {
  const calls: Call[] = [];
  const send = upstream(async (input, { method = 'GET', redirect } = {}) => {
    calls.push({ url: String(input), method, redirect });
    const [status, headers, body = 'text'] = answers[calls.length - 1] ?? [200, {}];
    return new Response(body, { status, headers });
  });
  return { send, calls };
}

const post = { method: 'POST', body: 'a prompt' };

describe('a call of an upstream', () => {
  it('follows the same call on the same host, also from http to https', async () => {
    const { send, calls } = answering(
      [308, { location: '/v2/chat' }],
      [307, { location: 'https://a.example/v2/chat' }],
      [200, {}],
    );
    expect((await send('http://a.example/v1/chat', post)).status).toBe(200);
    expect(calls).toEqual(
      ['http://a.example/v1/chat', 'http://a.example/v2/chat', 'https://a.example/v2/chat'].map((url) => ({
        url,
        method: 'POST',
        redirect: 'manual',
      })),
    );
  });

  it.each([
    [307, 'http://b.example/v1'],
    [308, 'https://b.example/v1'],
    [302, 'http://a.example/elsewhere'],
    [307, 'http://a.example:8080/v1'],
    [307, '//b.example/v1'],
    [307, 'file:///etc/passwd'],
  ])('sends nothing where %i leads it: %s', async (status, location) => {
    const { send, calls } = answering([status, { location }]);
    const response = await send('http://a.example/v1', post);
    expect(response.status).toBe(status);
    expect(await response.text()).toMatch(/^Location: /);
    expect(calls).toHaveLength(1);
  });

  it('does not go from https to http', async () => {
    const { send, calls } = answering([307, { location: 'http://a.example/v1' }]);
    expect((await send('https://a.example/v1', post)).status).toBe(307);
    expect(calls).toHaveLength(1);
  });

  it('is not sent round for ever', async () => {
    const { send, calls } = answering(
      ...Array.from({ length: 9 }, (): [number, Record<string, string>] => [302, { location: '/v1' }]),
    );
    expect((await send('http://a.example/v1')).status).toBe(302);
    expect(calls).toHaveLength(4);
  });

  it('reads no more of a refusal than 64 KiB', async () => {
    let sent = 0;
    const body = new ReadableStream({
      pull(controller) {
        sent++;
        controller.enqueue(new TextEncoder().encode('x'.repeat(16_384)));
      },
    });
    const send = upstream(async () => new Response(body, { status: 500 }));
    expect(await (await send('http://a.example/v1')).text()).toBe('x'.repeat(65_536));
    expect(sent).toBeLessThan(10);
  });
});
