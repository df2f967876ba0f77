import { describe, expect, it } from 'vitest';
import { Endpoint } from './schema';

const accepts = (origin: string, path: string): boolean => Endpoint.safeParse({ origin, path }).success;

describe('where a run was sent', () => {
  it.each([
    ['https://api.openai.com', '/v1'],
    ['http://127.0.0.1:8281', '/v1'],
    ['http://[::1]:8080', ''],
    ['https://gateway.example', '/a/%20b/openai'],
  ])('is an origin with a path: %s%s', (origin, path) => {
    expect(accepts(origin, path)).toBe(true);
  });

  it.each([
    ['user information', 'http://anna:secret@example.com', '/v1'],
    ['a query', 'http://example.com', '/v1?key=secret'],
    ['a fragment', 'http://example.com', '/v1#secret'],
    ['a path in the origin', 'http://example.com/v1', '/v1'],
    ['an origin in the path', '', 'http://example.com/v1'],
    ['another host behind the origin', 'http://example.com', '.evil.example/v1'],
    ['user information behind the origin', 'http://example.com', '@evil.example/v1'],
    ['a slash at its end', 'http://example.com', '/v1/'],
    ['a line break', 'http://example.com', '/v1\nexit'],
    ['no protocol of the web', 'file://', '/etc/passwd'],
    ['a script', 'javascript:', 'alert(1)'],
    ['nothing', '', ''],
  ])('never has %s', (_, origin, path) => {
    expect(accepts(origin, path)).toBe(false);
  });
});
