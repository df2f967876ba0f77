// Makes this folder ready to use: `node bin/setup.mjs [build] [tests]`.
// Runs on Node 18 and up, before anything is installed; so it imports nothing but Node's own modules.

import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
/** @param {string} line */
const say = (line) => console.log(`[seedbed] ${line}`);

/** Installs exactly what the lock file says, unless it is installed already. */
function installPackages() {
  const stamp = join(root, 'node_modules/.seedbed-installed');
  const lock = hashFiles(['package-lock.json']);
  if (readIfThere(stamp) === lock) return;
  say('Installing packages (a minute or two, once) …');
  npm(['ci', '--no-audit', '--no-fund']);
  writeFileSync(stamp, lock);
}

/**
 * npm leaves out packages that the Node it runs on is too old for, even though ours will run them. So under an old Node
 * the pinned one is fetched first, and npm is run by that.
 * @param {string[]} args
 */
function npm(args) {
  const cli = process.env.npm_execpath;
  if (!cli) return run('npm', args); // not started by npm, but by hand
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  const tooOld = major < 20 || (major === 20 && minor < 19) || major === 21 || (major === 22 && minor < 12);
  if (!tooOld) return run(process.execPath, [cli, ...args]);
  const { node: version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).dependencies;
  const runtime = join(root, '.runtime');
  say(`This machine has Node ${process.versions.node}; fetching ${version} to install with …`);
  mkdirSync(runtime, { recursive: true });
  writeFileSync(
    join(runtime, 'package.json'),
    JSON.stringify({ private: true, allowScripts: { [`node@${version}`]: true } }),
  );
  run(
    process.execPath,
    [cli, 'install', '--no-audit', '--no-fund', '--no-package-lock', '--prefix', runtime, `node@${version}`],
    runtime,
  );
  const pinned = join(runtime, 'node_modules/node/bin', process.platform === 'win32' ? 'node.exe' : 'node');
  run(pinned, [cli, ...args]);
}

/** Compiles the arithmetic of Sapling, unless nothing of it has changed. */
function buildKernel() {
  run(pinnedNode(), [join(root, 'bin/kernel.mjs')]);
}

/** Builds the production pages, unless nothing that they are made from has changed. */
function buildPages() {
  const stamp = join(root, '.next/.seedbed-built');
  const sources = ['app', 'components', 'lib', 'public'].flatMap((folder) => listFiles(folder));
  const configs = [
    'package-lock.json',
    'instrumentation.ts',
    'next.config.mjs',
    'postcss.config.mjs',
    'tailwind.config.ts',
    'tsconfig.json',
  ];
  const made = hashFiles([...sources.filter((file) => !/\.test\.tsx?$/.test(file)), ...configs]);
  if (readIfThere(stamp) === made) return;
  say('Building the pages (half a minute) …');
  rmSync(join(root, '.next'), { recursive: true, force: true });
  run(pinnedNode(), [join(root, 'node_modules/next/dist/bin/next'), 'build'], root, { NEXT_TELEMETRY_DISABLED: '1' });
  writeFileSync(stamp, made);
}

/** What the tests need on the machine: a browser, a PostgreSQL server, and the programs that run exported files. */
function findTestTools() {
  const missing = debianPackages.filter(({ isThere }) => !isThere());
  if (missing.length === 0) return;
  if (existsSync('/etc/debian_version') && process.getuid?.() === 0) {
    const names = missing.flatMap(({ names }) => names);
    const install = ['install', '-y', '-qq', '--no-install-recommends', ...names];
    say(
      `The tests need ${names.join(', ')}, which this machine lacks. You are root on a Debian, so they are installed now,`,
    );
    say(`for the whole machine: apt-get update -qq && apt-get ${install.join(' ')}`);
    run('apt-get', ['update', '-qq']);
    run('apt-get', install, root, { DEBIAN_FRONTEND: 'noninteractive' });
    return;
  }
  for (const { elsewhere } of missing) elsewhere();
}

/** @param {string} program */
const onPath = (program) =>
  (process.env.PATH ?? '').split(delimiter).some((folder) => existsSync(join(folder, program)));
/** @param {string} name */
const askFor = (name) => () => say(`The tests need ${name}; install it if they fail for want of it.`);

const debianPackages = [
  {
    names: ['chromium', 'fonts-liberation'],
    isThere: () => ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].some(existsSync),
    elsewhere: () => {
      say("Making sure of Playwright's Chromium …");
      run(pinnedNode(), [join(root, 'node_modules/playwright/cli.js'), 'install', 'chromium']);
    },
  },
  {
    names: ['postgresql'],
    isThere: () => onPath('initdb') || Boolean(process.env.TEST_DATABASE_URL) || hasDebianPostgres(),
    elsewhere: askFor('postgresql'),
  },
  { names: ['python3'], isThere: () => onPath('python3'), elsewhere: askFor('python3') },
  { names: ['curl'], isThere: () => onPath('curl'), elsewhere: askFor('curl') },
];

function hasDebianPostgres() {
  const folder = '/usr/lib/postgresql';
  return existsSync(folder) && readdirSync(folder).some((version) => existsSync(join(folder, version, 'bin/initdb')));
}

function pinnedNode() {
  const path = join(root, 'node_modules/.bin/node');
  return existsSync(path) ? path : process.execPath;
}

/**
 * Runs a program to its end; ends this one if that fails.
 * @param {string} command
 * @param {string[]} args
 */
function run(command, args, cwd = root, env = {}) {
  const { status, error } = spawnSync(command, args, { cwd, stdio: 'inherit', env: { ...process.env, ...env } });
  if (status === 0) return;
  console.error(`[seedbed] This step failed: ${command} ${args.join(' ')}${error ? `\n${error.message}` : ''}`);
  process.exit(status ?? 1);
}

/** @param {string[]} files */
function hashFiles(files) {
  const hash = createHash('sha256');
  for (const file of files.sort())
    hash
      .update(`${file}\0`)
      .update(readFileSync(join(root, file)))
      .update('\0');
  return hash.digest('hex');
}

/**
 * @param {string} folder
 * @returns {string[]} the files in it and below, by their paths from the root
 */
function listFiles(folder) {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory() ? listFiles(join(folder, entry.name)) : [join(folder, entry.name)],
  );
}

/** @param {string} file */
function readIfThere(file) {
  return existsSync(file) ? readFileSync(file, 'utf8') : null;
}

const wanted = process.argv.slice(2);
installPackages();
buildKernel();
if (wanted.includes('build')) buildPages();
if (wanted.includes('tests')) findTestTools();
