import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'rolldown';
import buildKernel from '../bin/kernel.mjs';

// Runs the benchmarks named on the command line, or all: `npm run bench -- seedling`. Each is bundled first, as the
// pages and the server are: a test runner's module loader makes small functions several times slower.
const here = import.meta.dirname;
const names = process.argv.slice(2);
const all = readdirSync(here).filter((name) => name.endsWith('.bench.ts'));
const cache = join(here, '..', '.cache');
mkdirSync(cache, { recursive: true });
await buildKernel();
const out = mkdtempSync(join(cache, 'bench-'));
for (const name of all.filter((each) => names.length === 0 || names.includes(each.replace('.bench.ts', '')))) {
  const file = join(out, name.replace('.ts', '.mjs'));
  const root = join(here, '..');
  await build({
    input: join(here, name),
    cwd: root,
    platform: 'node',
    tsconfig: join(root, 'tsconfig.json'),
    external: [/^[^./@]/, /^@(?!\/)/],
    output: { file, format: 'esm', codeSplitting: false },
    logLevel: 'warn',
  });
  console.log(`\n${name}`);
  const { status } = spawnSync(process.execPath, [file], { cwd: root, stdio: 'inherit' });
  if (status !== 0) process.exitCode = 1;
}
rmSync(out, { recursive: true });
