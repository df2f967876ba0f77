import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline/promises';
import { config } from 'zod/v4/core';
import { exitCodes } from '@/lib/gate/exit';
import { main } from './main';
import type { World } from './world';

/*
 * The program: bundled into one folder, where it finds what comes with it. Ctrl+C ends what runs and keeps it, as do the signals of
 * whoever ends a job or closes a terminal, which may come more than once; a second Ctrl+C ends the program at once.
 */

// Files and settings are read once each: to compile a reader for every shape of them first takes longer than to read them.
config({ jitless: true });

const home = import.meta.dirname;
const { stdin, stdout, stderr, env } = process;
const stopped = new AbortController();
const stop = () => stopped.abort();
process.on('SIGINT', () => (stopped.signal.aborted ? process.exit(exitCodes.stopped) : stop()));
for (const signal of ['SIGTERM', 'SIGHUP'] as const) process.on(signal, stop);
// Whoever reads may stop reading, as `head` does, and a terminal that was closed takes nothing more. What was finished is kept.
for (const output of [stdout, stderr])
  output.on('error', () => {
    stop();
    process.exitCode = exitCodes.stopped;
  });

/** As https://no-color.org and its counterpart FORCE_COLOR want it. */
function hasColour(): boolean {
  if (env.NO_COLOR) return false;
  return Boolean(env.FORCE_COLOR && env.FORCE_COLOR !== '0') || (stdout.isTTY && env.TERM !== 'dumb');
}

async function ask(question: string): Promise<string> {
  const terminal = createInterface({ input: stdin, output: stdout });
  // While a question waits, the terminal gives Ctrl+C to it, and not to the process.
  terminal.on('SIGINT', () => stopped.abort());
  const answer = await terminal.question(question, { signal: stopped.signal }).catch(() => 'q');
  terminal.close();
  return answer;
}

/** How many lines of progress are on the terminal, the last of which has the cursor. */
let shown = 0;

/** Goes back to the first line of what was shown, and writes over it. */
function progress(text: string): void {
  if (!stderr.isTTY) return;
  stderr.write(`${shown > 1 ? `\u001b[${shown - 1}A` : ''}\r\u001b[J${text}`);
  shown = text.split('\n').length;
}

const world: World = {
  cwd: process.cwd(),
  env,
  home,
  version: JSON.parse(readFileSync(join(home, 'package.json'), 'utf8')).version,
  columns: stdout.isTTY ? stdout.columns : null,
  rows: stdout.isTTY ? stdout.rows : null,
  colour: hasColour(),
  signal: stopped.signal,
  print: (text) => stdout.write(`${text}\n`),
  tell: (text) => stderr.write(`${text}\n`),
  progress,
  ask: stdin.isTTY && stdout.isTTY ? ask : null,
  now: () => new Date(),
};

/** A fault of the program is no failing case, and must not end as one. */
function fault(error: unknown): void {
  stderr.write(`${error instanceof Error ? error.stack : error}\n`);
  process.exit(exitCodes.notJudged);
}
process.on('uncaughtException', fault);

const code = await main(process.argv.slice(2), world);
process.exitCode ??= code;
