import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline/promises';
import { exitCodes } from '@/lib/gate/exit';
import { main } from './main';
import type { World } from './world';

/*
 * The program: bundled into one folder, where it finds what comes with it. Ctrl+C ends what runs and keeps it; a second one ends
 * the program at once.
 */

const home = import.meta.dirname;
const { stdin, stdout, stderr, env } = process;
const stopped = new AbortController();
process.on('SIGINT', () => (stopped.signal.aborted ? process.exit(exitCodes.stopped) : stopped.abort()));
process.on('SIGTERM', () => stopped.abort());
// Whoever reads may stop reading, as `head` does.
stdout.on('error', () => process.exit(exitCodes.stopped));

/** As https://no-color.org and its counterpart FORCE_COLOR want it. */
function hasColour(): boolean {
  if (env.NO_COLOR) return false;
  return Boolean(env.FORCE_COLOR && env.FORCE_COLOR !== '0') || (stdout.isTTY && env.TERM !== 'dumb');
}

async function ask(question: string): Promise<string> {
  const terminal = createInterface({ input: stdin, output: stdout });
  const answer = await terminal.question(question, { signal: stopped.signal }).catch(() => 'q');
  terminal.close();
  return answer;
}

const world: World = {
  cwd: process.cwd(),
  env,
  home,
  version: JSON.parse(readFileSync(join(home, 'package.json'), 'utf8')).version,
  columns: stdout.isTTY ? stdout.columns : null,
  colour: hasColour(),
  signal: stopped.signal,
  print: (text) => stdout.write(`${text}\n`),
  tell: (text) => stderr.write(`${text}\n`),
  progress: (text) => stderr.isTTY && stderr.write(`\r\u001b[K${text}`),
  ask: stdin.isTTY && stdout.isTTY ? ask : null,
  now: () => new Date(),
};

process.exitCode = await main(process.argv.slice(2), world);
