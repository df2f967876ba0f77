import { type ChildProcessWithoutNullStreams, spawn, spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { defined } from '@/lib/defined';

/* The bundle as it is packed, and the action that runs it in CI. */

const root = process.cwd();
const folders = mkdtempSync(join(tmpdir(), 'seedbed-bundle-'));
const folder = () => mkdtempSync(join(folders, 'of-'));
const dist = folder();
const env = { PATH: process.env.PATH, NO_COLOR: '1', NODE_ENV: 'test' as const };

beforeAll(() => {
  const { status, stderr } = spawnSync(process.execPath, ['bin/bundle.mjs', dist], { cwd: root, encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
});

afterAll(() => rmSync(folders, { recursive: true }));

const program = () => join(dist, 'bin/seedbed.mjs');
const seedbed = (cwd: string, ...args: string[]) =>
  spawnSync(process.execPath, [program(), ...args], { cwd, env, encoding: 'utf8' });

/** The files that a module loads when it is loaded itself. */
function loadedWith(path: string, seen = new Set<string>()): Set<string> {
  if (seen.has(path)) return seen;
  seen.add(path);
  const imports = readFileSync(path, 'utf8').matchAll(/(?:^|[;}\s])(?:import|export)\b[^;()]*?["'](\.[^"']+)["']/g);
  for (const [, specifier = ''] of imports) loadedWith(join(dirname(path), specifier), seen);
  return seen;
}

describe('the bundle', () => {
  it('writes a suite in an empty folder, and checks it', () => {
    const cwd = folder();
    expect(seedbed(cwd, 'init')).toMatchObject({ status: 0 });
    const { status, stdout } = seedbed(cwd, 'check');
    expect(stdout).toContain('2 cases: 2 hold.');
    expect(status).toBe(0);
    expect(stdout).not.toContain('\u001b');
  });

  it('has Sapling, too', () => {
    const { status, stdout } = seedbed(folder(), 'run', '-m', 'sapling-1', '-p', 'Hi', '--seed', '7', '-n', '2');
    expect(stdout).toContain('2 of 2 runs identical.');
    expect(status).toBe(0);
  });

  it('names bad use on standard error, and ends with 2', () => {
    expect(seedbed(folder(), 'check', 'gone.yaml')).toMatchObject({
      ...{ status: 2, stdout: '' },
      stderr: 'gone.yaml cannot be read: there is no such file.\n',
    });
  });

  it('loads little before it knows the command', () => {
    const bytes = [...loadedWith(join(dist, 'program.mjs'))].reduce((sum, path) => sum + statSync(path).size, 0);
    expect(bytes).toBeLessThan(20_000);
  });

  it('has nothing that only the site needs', () => {
    const chunks = readdirSync(join(dist, 'chunks')).map((name) => readFileSync(join(dist, 'chunks', name), 'utf8'));
    // The log, metrics, the store, the pages and their colours would each bring one of these.
    const words = ['messageKey', 'process_cpu_user_seconds_total', 'node:sqlite', 'next/dist', 'token-rest'];
    expect(words.filter((word) => chunks.some((chunk) => chunk.includes(word)))).toEqual([]);
  });

  it('needs no package but a runtime', () => {
    const { dependencies } = JSON.parse(readFileSync(join(dist, 'package.json'), 'utf8'));
    expect(Object.keys(dependencies)).toEqual(['node']);
    const { stdout } = spawnSync('npm', ['pack', '--dry-run', '--json', dist], { cwd: folder(), encoding: 'utf8' });
    const [packed] = z.array(z.object({ files: z.array(z.object({ path: z.string() })) })).parse(JSON.parse(stdout));
    const paths = packed?.files.map(({ path }) => path) ?? [];
    expect(paths).toEqual(
      expect.arrayContaining(['bin/seedbed.mjs', 'program.mjs', 'seedbed.schema.json', 'README.md']),
    );
    expect(paths.some((path) => path.startsWith('.cache/seedling-'))).toBe(true);
  });

  /** Stops a check when it has printed something; gives its exit code, what it told, and its folder. */
  async function stopped(stop: (child: ChildProcessWithoutNullStreams) => void, node: readonly string[] = []) {
    const cwd = folder();
    const request = '{ model: seedling-1, temperature: 2, max_completion_tokens: 4096 }';
    const cases = ['quick', 'long'].map((id) => `  - { id: ${id}, prompt: Hi, runs: ${id === 'long' ? 1000 : 1} }`);
    writeFileSync(join(cwd, 'seedbed.yaml'), `v: 1\ndefaults: { request: ${request} }\ncases:\n${cases.join('\n')}\n`);
    const child = spawn(process.execPath, [...node, program(), 'check'], { cwd, env });
    let told = '';
    child.stderr.setEncoding('utf8').on('data', (text) => {
      told += text;
    });
    child.stdout.once('data', () => stop(child));
    return { code: await new Promise((resolve) => child.on('close', resolve)), told, cwd };
  }

  it.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)(
    'ends with 130 at %s, keeps what was finished, and goes on from there',
    async (signal) => {
      const { code, told, cwd } = await stopped((child) => child.kill(signal));
      expect(code).toBe(130);
      expect(told).toContain('go on with: seedbed check seedbed.yaml --resume');
      expect(seedbed(cwd, 'check', 'quick', '--resume', '--json').stdout).toContain('"made": 1,');
    },
  );

  it('keeps what was finished when its terminal is closed, which is told more than once', async () => {
    const { code, cwd } = await stopped((child) => {
      child.stdout.destroy();
      child.stderr.destroy();
      for (let time = 0; time < 2; time++) child.kill('SIGHUP');
    });
    expect(code).toBe(130);
    expect(readdirSync(join(cwd, '.seedbed/seedbed.yaml'))).toEqual(
      expect.arrayContaining(['quick.json', 'long.json']),
    );
  });

  it('hands signals on where an older runtime started it', async () => {
    symlinkSync(join(root, 'node_modules'), join(dist, 'node_modules'));
    const older = "Object.defineProperty(process, 'versions', { value: { ...process.versions, node: '20.0.0' } })";
    const { code, told } = await stopped(
      (child) => child.kill('SIGTERM'),
      ['--import', `data:text/javascript,${encodeURIComponent(older)}`],
    );
    expect(code).toBe(130);
    expect(told).toContain('go on with: seedbed check seedbed.yaml --resume');
  });
});

const Action = z.object({
  inputs: z.record(z.string(), z.object({ default: z.string() })),
  runs: z.object({
    steps: z.array(
      z.object({
        id: z.string().optional(),
        env: z.record(z.string(), z.string()).optional(),
        run: z.string().optional(),
      }),
    ),
  }),
});
const Workflow = z.object({
  jobs: z.object({
    check: z.object({ steps: z.array(z.object({ uses: z.string().optional(), with: z.unknown().optional() })) }),
  }),
});
const yaml = (path: string): unknown => parse(readFileSync(join(root, path), 'utf8'));

/** Runs the step of the action that checks, as GitHub's runner would with these inputs. */
function act(cwd: string, given: Record<string, string> = {}) {
  const { inputs, runs } = Action.parse(yaml('action.yml'));
  const step = defined(runs.steps.find(({ id }) => id === 'check'));
  const values = Object.entries(step.env ?? {}).map(([name, expression]) => {
    const input = defined(/^\$\{\{ inputs\.([\w-]+) \}\}$/.exec(expression)?.[1]);
    return [name, given[input] ?? defined(inputs[input]).default];
  });
  const files = { GITHUB_OUTPUT: join(cwd, 'output'), GITHUB_STEP_SUMMARY: join(cwd, 'summary.md') };
  const runner = { ...env, ...files, GITHUB_ACTIONS: 'true', GITHUB_ACTION_PATH: dist, RUNNER_TEMP: cwd, CI: 'true' };
  const script = ['--noprofile', '--norc', '-e', '-o', 'pipefail', '-c', step.run ?? ''];
  const { status, stdout } = spawnSync('bash', script, {
    ...{ cwd, encoding: 'utf8' },
    env: { ...runner, ...Object.fromEntries(values) },
  });
  return { status, stdout, output: readFileSync(files.GITHUB_OUTPUT, 'utf8'), summary: files.GITHUB_STEP_SUMMARY };
}

describe('the action', () => {
  it('checks the suite of this repository, and all twenty cases hold', () => {
    const cwd = folder();
    for (const name of ['seedbed.yaml', 'baselines']) cpSync(join(root, name), join(cwd, name), { recursive: true });
    const { steps } = Workflow.parse(yaml('.github/workflows/seedbed.yml')).jobs.check;
    const inputs = z.record(z.string(), z.string()).parse(steps.find(({ uses }) => uses === './')?.with);
    const { status, stdout, output, summary } = act(cwd, inputs);
    expect(stdout).toContain('20 cases: 20 hold.');
    expect(readFileSync(summary, 'utf8')).toContain('20 cases: 20 hold.');
    expect(readFileSync(join(cwd, 'seedbed.xml'), 'utf8')).toContain('tests="20" failures="0" errors="0"');
    expect(output).toContain('exit-code=0\n');
    expect(status).toBe(0);
  });

  it('passes its inputs on, and ends as the check does', () => {
    const cwd = folder();
    cpSync(join(root, 'seedbed.yaml'), join(cwd, 'other.yaml'));
    const { status, stdout, output } = act(cwd, { suite: 'other.yaml', cases: 'haiku story', runs: '2' });
    expect(stdout).toContain('2 cases: 2 undecided.');
    expect(stdout).toMatch(/^::error file=other\.yaml,line=\d+,title=haiku undecided::/m);
    expect(output).toContain('exit-code=4\n');
    expect(status).toBe(4);
  });

  it('takes no input for a command', () => {
    const cwd = folder();
    const { status, stdout } = act(cwd, { suite: '$(touch x); --json' });
    expect(stdout).toBe('');
    expect(status).toBe(2);
  });
});
