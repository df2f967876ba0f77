import type { Logger } from 'pino';
import { type LogSettings, makeLog } from './log';

const shared = globalThis as typeof globalThis & { seedbedLog?: Logger };

/** Takes what this process tells from now on, as JSON, line by line, in place of standard output. */
export function takeLog(level: LogSettings['level'] = 'debug'): string[] {
  const lines: string[] = [];
  shared.seedbedLog = makeLog({ level, format: 'json' }, { write: (line) => void lines.push(line) });
  return lines;
}
