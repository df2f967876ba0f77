import { describe, expect, it } from 'vitest';
import { StoreError } from '@/lib/store/store';
import { type LogSettings, makeLog } from './log';

/** What is written by `tell`. */
function written(settings: LogSettings, tell: (log: ReturnType<typeof makeLog>) => void): string {
  let text = '';
  const write = (line: string) => {
    text += line;
  };
  tell(makeLog(settings, { write }));
  return text;
}

describe('the log', () => {
  it('is one JSON object a line for programs', () => {
    const text = written({ level: 'info', format: 'json' }, (log) => {
      log.info('Two\nlines');
      log.warn({ requestId: 'req_1' }, 'Hm.');
    });
    const [first, second, none] = text.split('\n').map((line) => line && JSON.parse(line));
    expect(first).toEqual({ level: 'info', time: expect.stringMatching(/^20\d\d-.*Z$/), message: 'Two\nlines' });
    expect(second).toMatchObject({ level: 'warn', requestId: 'req_1', message: 'Hm.' });
    expect(none).toBe('');
  });

  it('is lines for people', () => {
    const text = written({ level: 'debug', format: 'text' }, (log) => {
      log.debug('Small.');
      log.error({ requestId: 'req_1' }, 'Hm.');
    });
    expect(text.replaceAll(/\d\d:\d\d:\d\d/g, 'time')).toBe(
      '[seedbed] time Small.\n[seedbed] time error: Hm. (req_1)\n',
    );
  });

  it.each([
    ['debug', 4],
    ['info', 3],
    ['warn', 2],
    ['error', 1],
    ['silent', 0],
  ] as const)('at %s tells %i of four levels', (level, lines) => {
    const text = written({ level, format: 'json' }, (log) => {
      for (const each of ['debug', 'info', 'warn', 'error'] as const) log[each]('x');
    });
    expect(text.split('\n').length - 1).toBe(lines);
  });
});

describe('an error in the log', () => {
  const told = (error: unknown) => {
    const text = written({ level: 'info', format: 'json' }, (log) => log.error({ error }, 'A request failed.'));
    return { text, error: JSON.parse(text).error };
  };

  it('is told with its message where that is our own, and with what caused it', () => {
    const cause = Object.assign(new Error('of canary'), { code: 'ECONNREFUSED' });
    const { text, error } = told(new StoreError('unreachable', 'The database server cannot be reached.', cause));
    expect(error).toMatchObject({
      ...{ name: 'StoreError', code: 'unreachable', message: 'The database server cannot be reached.' },
      cause: { name: 'Error', code: 'ECONNREFUSED' },
    });
    expect(error.cause.at[0]).toContain('log.test.ts');
    expect(text).not.toContain('canary');
  });

  it('is told by its number where a thread ended with one', () => {
    expect(told(1).error).toEqual({ code: 1 });
  });

  it('is told without it where it may quote what somebody wrote', () => {
    const parsing = (() => {
      try {
        return JSON.parse('the canary\n    at canary');
      } catch (error) {
        return error;
      }
    })();
    expect(String(parsing)).toContain('canary');
    for (const thrown of [parsing, new Error('a\n    at canary'), { canary: 1 }, 'canary'])
      expect(told(thrown).text).not.toContain('canary');
  });
});
