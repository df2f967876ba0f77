#!/usr/bin/env node
// The command `seedbed`: starts what bin/bundle.mjs has made. The program needs Node 22; on an older one it runs on the
// runtime that is installed with the package.

import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import * as modules from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const program = [join(here, '../program.mjs'), join(here, '../dist/program.mjs')].find((path) => existsSync(path));
const major = Number(process.versions.node.split('.')[0]);

// What has been compiled once is taken from a folder of temporary files the next time: it starts in two thirds of the time.
modules.enableCompileCache?.();
if (!program) fail('The command is not built yet: npm run bundle');
else if (major >= 22) await import(program);
else {
  const node = pinnedNode();
  if (!node) fail(`Seedbed needs Node 22 or newer; this is ${process.version}.`);
  else {
    const child = spawn(node, [program, ...process.argv.slice(2)], { stdio: 'inherit' });
    child.on('close', (code) => {
      process.exitCode = code ?? 130;
    });
    // It ends in order, and this waits for it. Ctrl+C comes to both from the terminal.
    process.on('SIGINT', () => undefined);
    for (const signal of /** @type {const} */ (['SIGTERM', 'SIGHUP'])) process.on(signal, () => child.kill(signal));
  }
}

/** The runtime that the package depends on; null if it is not installed. */
function pinnedNode() {
  try {
    const path = join(dirname(modules.createRequire(import.meta.url).resolve('node/package.json')), 'bin/node');
    return existsSync(path) ? path : null;
  } catch {
    return null;
  }
}

/** @param {string} line */
function fail(line) {
  console.error(line);
  process.exitCode = 2;
}
