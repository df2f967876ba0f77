// Bundles the command `seedbed` into dist/, with all that it needs: `npm pack ./dist` makes a package of it that has no
// dependencies but a runtime. Run as `npm run bundle`; another folder may be named.

import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'rolldown';
import buildKernel from './kernel.mjs';

const root = join(import.meta.dirname, '..');
const dist = resolve(root, process.argv[2] ?? 'dist');
rmSync(dist, { recursive: true, force: true });

await buildKernel();
await build({
  input: { program: join(root, 'lib/cli/program.ts'), prepare: join(root, 'lib/cli/prepare.ts') },
  cwd: root,
  platform: 'node',
  tsconfig: join(root, 'tsconfig.json'),
  output: {
    dir: dist,
    format: 'esm',
    entryFileNames: '[name].mjs',
    chunkFileNames: 'chunks/[name]-[hash].mjs',
    minify: true,
  },
  logLevel: 'warn',
});

const corpus = 'lib/seedling/corpus';
mkdirSync(join(dist, corpus), { recursive: true });
cpSync(join(root, corpus), join(dist, corpus), { recursive: true });
const artifact = 'lib/sapling/sapling-1.bin';
mkdirSync(join(dist, 'lib/sapling'));
cpSync(join(root, artifact), join(dist, artifact));
for (const name of ['LICENSE', 'docs/gate.md'])
  cpSync(join(root, name), join(dist, name.replace('docs/gate', 'README')));
mkdirSync(join(dist, 'bin'));
cpSync(join(root, 'bin/seedbed.mjs'), join(dist, 'bin/seedbed.mjs'));

const { version, license, description, dependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
writeFileSync(
  join(dist, 'package.json'),
  `${JSON.stringify(
    {
      ...{ name: 'seedbed', version, license, description, type: 'module', bin: { seedbed: 'bin/seedbed.mjs' } },
      engines: { node: '>=18' },
      dependencies: { node: dependencies.node },
    },
    null,
    2,
  )}\n`,
);

/** What is made once here and not on every machine: Seedling's counts, and the schema of suites. */
const { prepare } = await import(pathToFileURL(join(dist, 'prepare.mjs')).href);
prepare(dist);
