import pino, { type DestinationStream, type Logger } from 'pino';
import type { logFormats, logLevels } from './log-settings';

export type LogSettings = {
  level: (typeof logLevels)[number];
  /** absent: lines for people on a terminal, else JSON */
  format?: (typeof logFormats)[number] | undefined;
};

// Pages, routes, instrumentation and bin/start.mjs are separate bundles: only globalThis is one for all of them.
const shared = globalThis as typeof globalThis & { seedbedLog?: Logger };

/** The log of this process: what `openLog` has opened, or one with the usual settings. */
export function log(): Logger {
  shared.seedbedLog ??= makeLog({ level: 'info' });
  return shared.seedbedLog;
}

/** Opens the log of this process. */
export function openLog(settings: LogSettings): Logger {
  shared.seedbedLog = makeLog(settings);
  return shared.seedbedLog;
}

/** Writes to standard output, unless another destination is given; a program that reads it slowly holds nothing up. */
export function makeLog({ level, format }: LogSettings, destination?: DestinationStream): Logger {
  const text = format === undefined ? process.stdout.isTTY : format === 'text';
  // What a reader does not take is dropped at 4 MiB: a full pipe would otherwise stop the server, or fill its memory.
  const out = destination ?? pino.destination({ dest: 1, sync: false, maxLength: 4 * 1024 * 1024 });
  return pino(
    {
      level,
      base: null,
      messageKey: 'message',
      errorKey: 'error',
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      serializers: { error: describeError },
    },
    text ? { write: (line: string) => void out.write(`${readable(JSON.parse(line))}\n`) } : out,
  );
}

/** Errors that this program expects: what they say is all there is to know. */
const expected = ['StoreError', 'AsideError'];
/** Errors whose messages are of the engine or of this program; those of others may quote what visitors wrote. */
const ownWords = [...expected, 'TypeError', 'RangeError', 'ReferenceError'];
/** So many of the places are told where an error has come through. */
const maxPlaces = 6;

/** What is told of an error: where it was thrown, and its message only if nothing of a visitor's can stand in it. */
function describeError(error: unknown): object {
  if (typeof error === 'number') return { code: error }; // with which a thread has ended
  if (!(error instanceof Error)) return { name: typeof error };
  const { name, message, stack = '', cause } = error;
  return {
    name,
    ...('code' in error && typeof error.code === 'string' ? { code: error.code } : {}),
    ...(ownWords.includes(name) ? { message } : {}),
    ...(expected.includes(name) ? {} : { at: placesIn(stack.replace(message, '')) }),
    ...(cause === undefined ? {} : { cause: describeError(cause) }),
  };
}

const placesIn = (stack: string): string[] =>
  [...stack.matchAll(/^\s+at (.*)$/gm)].slice(0, maxPlaces).map(([, place = '']) => place);

type Entry = { time: string; level: string; message: string; requestId?: string; error?: unknown };

/** An entry for people, and below it what is told of an error: "[seedbed] 12:30:05 error: A request failed. (req_4e…)". */
function readable({ time, level, message, requestId, error }: Entry): string {
  const grave = level === 'error' || level === 'warn' ? `${level}: ` : '';
  const line = `[seedbed] ${time.slice(11, 19)} ${grave}${message}${requestId ? ` (${requestId})` : ''}`;
  return error === undefined ? line : `${line}\n${JSON.stringify(error)}`;
}
