import { describe, expect, it } from 'vitest';
import { toExchange } from './exchange';
import type { Sent } from './watched-fetch';

const apiKey = 'canary74the-operators-own-key';
const messages = [{ role: 'user' as const, content: 'Hi' }];
const aSent = (change: Partial<Sent> = {}): Sent => ({
  url: 'https://api.example/v1/chat/completions',
  headers: new Headers({ authorization: `Bearer ${apiKey}` }),
  body: JSON.stringify({ model: 'm', messages }),
  response: null,
  ...change,
});
const exchange = (change: Partial<Sent> = {}, inside = false) =>
  toExchange(aSent(change), { messages, apiKey, inside });

describe('what is kept of a call', () => {
  it('is the body without its messages, and that a key was sent', () => {
    expect(exchange()).toEqual({
      request: {
        url: 'https://api.example/v1/chat/completions',
        headers: { authorization: 'Bearer [key]' },
        body: '{"model":"m","messages":[]}',
      },
      response: null,
    });
    expect(exchange({ headers: new Headers({ 'api-key': 'ollama' }) }).request.headers).toEqual({ 'api-key': '[key]' });
  });

  it('is no address but its path and api-version, and only the path of a model inside', () => {
    const url = (address: string) => exchange({ url: address }).request.url;
    expect(url('https://anna:secret@x.example/v1/chat/completions?api-version=2026-01-01&sig=secret#secret')).toBe(
      'https://x.example/v1/chat/completions?api-version=2026-01-01&sig=[hidden]',
    );
    expect(url(`https://x.example/${apiKey}/v1`)).toBe('https://x.example/[key]/v1');
    expect(exchange({}, true).request.url).toBe('/v1/chat/completions');
  });

  it('is those headers that tell of an answer, in bounds and without the key', () => {
    const headers = new Headers({
      'content-type': 'text/event-stream',
      'openai-processing-ms': '12',
      'x-request-id': `req ${apiKey}`,
      'x-ratelimit-remaining-tokens': '9'.repeat(5000),
      'retry-after': '55',
      'set-cookie': 'session=secret',
      'openai-organization': 'org-private',
      'x-internal': 'secret',
      ...Object.fromEntries(Array.from({ length: 100 }, (_, at) => [`x-ratelimit-z${at}`, '1'])),
    });
    const kept = exchange({ response: { status: 200, headers } }).response;
    expect(kept).toMatchObject({
      status: 200,
      headers: { 'openai-processing-ms': '12', 'retry-after': '55', 'x-request-id': 'req [key]' },
    });
    expect(JSON.stringify(kept)).not.toMatch(/secret|org-private|canary/);
    expect(Object.keys(kept?.headers ?? {})).toHaveLength(40);
    expect(kept?.headers['x-ratelimit-remaining-tokens']).toHaveLength(300);
  });

  it('is no body that is too long, and no key in one', () => {
    expect(exchange({ body: JSON.stringify({ x: 'x'.repeat(10_000) }) }).request.body).toBeNull();
    expect(exchange({ body: `{"x":"${apiKey}"}` }).request.body).toBe('{"x":"[key]"}');
  });
});
