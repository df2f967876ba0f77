import { describe, expect, it } from 'vitest';
import { readEnvironment } from './environment';

const read = (variables: Record<string, string> = {}) => readEnvironment({ NODE_ENV: 'test', ...variables });

const defaults = { OPENAI_MAX_RETRIES: 2, RECONNECT_GRACE_MS: 10_000, SEEDLING_REQUESTS_PER_MINUTE: 600 };

describe('readEnvironment', () => {
  it('needs nothing to be set', () => {
    expect(read()).toEqual(defaults);
  });

  it('reads what is set, without the space around it', () => {
    expect(
      read({
        OPENAI_API_KEY: '  sk-test\n',
        OPENAI_BASE_URL: 'http://localhost:8080/v1',
        OPENAI_MAX_RETRIES: '0',
        PUBLIC_URL: 'https://seedbed.example',
        RECONNECT_GRACE_MS: '0',
      }),
    ).toEqual({
      OPENAI_API_KEY: 'sk-test',
      OPENAI_BASE_URL: 'http://localhost:8080/v1',
      OPENAI_MAX_RETRIES: 0,
      PUBLIC_URL: 'https://seedbed.example',
      RECONNECT_GRACE_MS: 0,
      SEEDLING_REQUESTS_PER_MINUTE: 600,
    });
  });

  it.each(['', '   '])('counts %j as not set', (blank) => {
    const all = {
      OPENAI_API_KEY: blank,
      OPENAI_BASE_URL: blank,
      OPENAI_MAX_RETRIES: blank,
      PUBLIC_URL: blank,
      RECONNECT_GRACE_MS: blank,
    };
    expect(read(all)).toEqual(read());
  });

  it('takes of PUBLIC_URL the part that a browser sends as Origin', () => {
    expect(read({ PUBLIC_URL: 'HTTPS://Seedbed.example:443/play/?x=1' }).PUBLIC_URL).toBe('https://seedbed.example');
    expect(read({ PUBLIC_URL: 'https://seedbed.example:8443/' }).PUBLIC_URL).toBe('https://seedbed.example:8443');
  });

  it.each([
    ['OPENAI_BASE_URL', 'localhost'],
    ['OPENAI_MAX_RETRIES', 'two'],
    ['OPENAI_MAX_RETRIES', '-1'],
    ['OPENAI_MAX_RETRIES', '6'],
    ['OPENAI_MAX_RETRIES', '1.5'],
    ['PUBLIC_URL', 'seedbed'],
    ['RECONNECT_GRACE_MS', '-1'],
    ['RECONNECT_GRACE_MS', '10s'],
    ['RECONNECT_GRACE_MS', '600001'],
  ])('refuses %s=%s by name', (name, value) => {
    expect(() => read({ [name]: value })).toThrow(name);
  });

  it('names every variable that is wrong at once', () => {
    const wrong = { OPENAI_BASE_URL: 'x', OPENAI_MAX_RETRIES: 'x', PUBLIC_URL: 'x', RECONNECT_GRACE_MS: 'x' };
    for (const name of Object.keys(wrong)) expect(() => read(wrong)).toThrow(name);
  });

  it('never shows a key in what it says', () => {
    expect(() => read({ OPENAI_API_KEY: 'sk-secret', PUBLIC_URL: 'x' })).toThrow(/^(?!.*sk-secret)/s);
  });
});
