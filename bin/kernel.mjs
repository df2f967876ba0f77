// Compiles Sapling's kernel to WebAssembly and writes it as a module of text, so that the server, its workers, the pages
// and the bundled command all get the same bytes in the way they get all code. `node bin/kernel.mjs`; setup and the tests
// call it too. Nothing is done where what is written is of this source and this compiler.

import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');
const source = 'lib/sapling/assembly/kernel.ts';
const written = join(root, 'lib/sapling/kernel-bytes.ts');
const options = ['-O3', '--noAssert', '--runtime', 'stub', '--importMemory', '--enable', 'simd'];

/** Compiles the kernel, unless that is done already. The default export is what vitest calls before all tests. */
export default async function buildKernel() {
  const text = readFileSync(join(root, source), 'utf8');
  const { version } = JSON.parse(readFileSync(join(root, 'node_modules/assemblyscript/package.json'), 'utf8'));
  const made = createHash('sha256')
    .update(JSON.stringify([version, options, text]))
    .digest('hex');
  if (existsSync(written) && readFileSync(written, 'utf8').includes(made)) return;
  const { default: compiler } = await import('assemblyscript/asc');
  /** @type {Uint8Array | null} */
  let bytes = null;
  const { error, stderr } = await compiler.main(['kernel.ts', '--outFile', 'kernel.wasm', ...options], {
    readFile: (name) => (name === 'kernel.ts' ? text : null),
    writeFile: (name, contents) => {
      if (name === 'kernel.wasm' && typeof contents !== 'string') bytes = contents;
    },
    listFiles: () => [],
  });
  if (error || !bytes) throw new Error(`The kernel does not compile: ${stderr}`);
  const base64 = Buffer.from(bytes).toString('base64');
  writeFileSync(
    written,
    `/* Made by bin/kernel.mjs from ${source}; ${made} */\n\nexport const kernelBytes = '${base64}';\n`,
  );
}

if (import.meta.main) await buildKernel();
