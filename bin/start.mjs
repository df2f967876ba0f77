// Starts the built playground on loopback: at PORT (3000 if not set), or at the next free port if that one is taken.

import { spawn } from 'node:child_process';
import { createServer } from 'node:net';
import { fileURLToPath } from 'node:url';

const host = '127.0.0.1';
const wanted = Number(process.env.PORT || 3000);
if (!Number.isInteger(wanted) || wanted < 0 || wanted > 65535) {
  console.error(`PORT must be a whole number from 0 to 65535, not "${process.env.PORT}".`);
  process.exit(1);
}

const port = await freePort(wanted);
if (port !== wanted && wanted !== 0) console.log(`[seedbed] Port ${wanted} is taken; using ${port} instead.`);

const next = fileURLToPath(new URL('../node_modules/next/dist/bin/next', import.meta.url));
const server = spawn(process.execPath, [next, 'start', '--hostname', host, '--port', String(port)], {
  cwd: fileURLToPath(new URL('..', import.meta.url)),
  stdio: ['ignore', 'pipe', 'inherit'],
  env: { ...process.env, NEXT_TELEMETRY_DISABLED: '1' },
});
server.stdout.on('data', (chunk) => {
  const text = String(chunk);
  if (text.includes('Ready')) console.log(`[seedbed] Seedbed is ready at http://${host}:${port} (Ctrl+C stops it)`);
});

let told = false;
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'])
  process.on(signal, () => {
    told = true;
    server.kill('SIGTERM');
  });
// Ending because it was told to is no failure, whatever code Next gives for it.
server.on('exit', (code) => process.exit(told ? 0 : (code ?? 1)));

/** The first free port from `from` upwards. 0 means any. */
async function freePort(from) {
  for (let port = from; port <= Math.min(from + 100, 65535); port++) {
    const free = await tryPort(port);
    if (free !== null) return free;
  }
  return tryPort(0);
}

function tryPort(port) {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(null));
    probe.listen(port, host, () => {
      const { port: got } = probe.address();
      probe.close(() => resolve(got));
    });
  });
}
