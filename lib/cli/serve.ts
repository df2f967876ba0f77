import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { asJson, BadUse, type Command, type Typed, wholeNumber } from './command';
import { parseJson } from './files';
import type { World } from './world';

export const command: Command = {
  words: '',
  about: 'Starts the site, as `npm start` does: the page, and the HTTP API. In a checkout of Seedbed only.',
  options: {
    port: { value: 'N', about: 'where it listens; 3000, or the next free port, if left out' },
    host: { value: 'ADDRESS', about: 'the address or name at which it listens; 127.0.0.1 if left out' },
    data: { value: 'FOLDER', about: 'where it keeps experiments; data in the checkout if left out' },
    json: { about: 'print as JSON where it listens, once it does; its log goes to standard error' },
  },
  run: serve,
};

async function serve(typed: Typed, world: World): Promise<number> {
  if (typed.words.length > 0) throw new BadUse('It takes no words, only options.');
  const env = environmentFor(typed, world);
  const checkout = join(world.home, '..');
  const script = (name: string) => join(checkout, 'bin', name);
  if (!existsSync(script('start.mjs')))
    throw new BadUse(
      'This package holds the command alone. The site needs Next and the built pages, 60 MB more to download, so it is started in a checkout of Seedbed: `npm start` there.',
    );
  const heard = typed.has('json') ? (line: string) => hear(line, world) : null;
  const run = (node: string, args: readonly string[]) => runToItsEnd(node, args, { cwd: checkout, env, heard }, world);
  const prepared = await run(process.execPath, [script('setup.mjs'), 'build']);
  if (prepared !== 0 || world.signal.aborted) return prepared;
  const pinned = join(checkout, 'node_modules/.bin/node');
  return run(existsSync(pinned) ? pinned : process.execPath, [script('start.mjs')]);
}

/** Prints what a line of the site's log says of where it listens; any other line is told. */
function hear(line: string, world: World): void {
  const entry = parseJson(line);
  if (typeof entry === 'object' && entry !== null && 'site' in entry && 'ready' in entry)
    world.print(asJson('serve', { url: entry.site, ready: entry.ready }));
  else world.tell(line);
}

/** The environment of the site: what was typed, and paths that are meant from here. */
function environmentFor(typed: Typed, { cwd, env }: World): NodeJS.ProcessEnv {
  const port = wholeNumber(typed, 'port', 0, 65_535);
  const [host, data] = [typed.get('host'), typed.get('data')];
  const config = env.SEEDBED_CONFIG ?? (existsSync(resolve(cwd, usualConfig)) ? usualConfig : undefined);
  return {
    ...env,
    ...(port === undefined ? {} : { PORT: String(port) }),
    ...(host === undefined ? {} : { HOST: host }),
    ...(data === undefined ? {} : { DATA_DIR: resolve(cwd, data) }),
    ...(config === undefined ? {} : { SEEDBED_CONFIG: resolve(cwd, config) }),
    ...(typed.has('json') ? { LOG_FORMAT: 'json', LOG_LEVEL: 'info' } : {}),
  };
}

const usualConfig = 'seedbed.config.json';

type Running = {
  cwd: string;
  env: NodeJS.ProcessEnv;
  /** hears each line of its output; null where that is printed as it comes */
  heard: ((line: string) => void) | null;
};

/** Runs a script to its end, and has it end in order when somebody stops the command. Resolves to its exit code. */
function runToItsEnd(
  node: string,
  args: readonly string[],
  { cwd, env, heard }: Running,
  { signal }: Pick<World, 'signal'>,
): Promise<number> {
  const child = spawn(node, args, { cwd, env, stdio: ['inherit', heard ? 'pipe' : 'inherit', 'inherit'] });
  if (heard && child.stdout) createInterface({ input: child.stdout }).on('line', heard);
  signal.addEventListener('abort', () => child.kill('SIGTERM'), { once: true });
  return new Promise((ended, failed) => child.once('close', (code) => ended(code ?? 1)).once('error', failed));
}
