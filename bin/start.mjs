// Starts the built playground on loopback: at PORT (3000 if not set), or at the next free port if that one is taken.
// Next answers; this process listens, notes each sender's address, and ends in order when it is told to.

import { createServer } from 'node:http';
import { fileURLToPath } from 'node:url';
import { noteAddress } from '../lib/server/address.ts';
import { refuseBadRequest } from '../lib/server/bad-request.ts';
import { readConfiguration } from '../lib/server/configuration.ts';
import { checkEnvironment } from '../lib/server/environment.ts';
import { mayGetPage, render, sendRendered } from '../lib/server/render.ts';

const host = '127.0.0.1';
/** Once all runs are stored, how long readers may take before their connections are cut. */
const readersMs = 5000;

const wanted = Number(process.env.PORT || 3000);
if (!Number.isInteger(wanted) || wanted < 0 || wanted > 65535) {
  console.error(`PORT must be a whole number from 0 to 65535, not "${process.env.PORT}".`);
  process.exit(1);
}

/** @type {import('../lib/server/environment.ts').Environment} */
let environment;
try {
  environment = checkEnvironment();
  readConfiguration(environment);
} catch (error) {
  console.error(`[seedbed] ${error instanceof Error ? error.message : error}`);
  process.exit(1);
}

// Next and React read these when they are loaded, so they are loaded afterwards.
Object.assign(process.env, { NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1' });
const { default: next } = await import('next');

const server = createServer();
const port = await listen(wanted);
if (port !== wanted && wanted !== 0) console.log(`[seedbed] Port ${wanted} is taken; using ${port} instead.`);

const app = next({ dev: false, dir: fileURLToPath(new URL('..', import.meta.url)), hostname: host, port, quiet: true });
const ready = app.prepare();
const answerByNext = app.getRequestHandler();
/**
 * @typedef {typeof import('../lib/server/for-everybody.ts').answerForEverybody} AnswerForEverybody
 * @type {typeof globalThis & { seedbedStop?: () => Promise<void>, seedbedForEverybody?: AnswerForEverybody }}
 */
const globals = globalThis; // what lib/server/start-up.ts sets
let ending = false;
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, end);
server.on('request', answer);
await ready.catch((error) => {
  console.error(error);
  process.exit(1);
});
console.log(`[seedbed] Seedbed is ready at http://${host}:${port} (Ctrl+C stops it)`);

/**
 * @param {import('node:http').IncomingMessage} request
 * @param {import('node:http').ServerResponse} response
 */
async function answer(request, response) {
  noteAddress(request, environment.TRUSTED_PROXIES);
  response.once('finish', () => {
    if (ending) request.socket.end(); // otherwise it is kept for a next request, and keeps the process alive
  });
  if (refuseBadRequest(request, response)) return;
  try {
    await ready;
    if (await globals.seedbedForEverybody?.(request, response, (path) => render(answerByNext, path))) return;
    if (mayGetPage(request))
      await sendRendered(request, response, await render(answerByNext, request.url ?? '/', request.headers));
    else await answerByNext(request, response);
  } catch (error) {
    console.error(`[seedbed] ${request.method} ${request.url} failed.`, error);
    if (!response.headersSent) response.statusCode = 500;
    response.end();
  }
}

/**
 * Takes no more requests, ends what runs and waits until it is stored, sends readers the rest, and exits. A second signal
 * changes nothing: npm and the terminal both send the first one.
 */
async function end() {
  if (ending) return;
  ending = true;
  const closed = new Promise((resolve) => server.close(resolve));
  await globals.seedbedStop?.();
  setTimeout(() => server.closeAllConnections(), readersMs).unref();
  await closed;
  await app.close();
  process.exit(0);
}

/**
 * Listens at the first free port from `from` upwards; 0 means any.
 * @param {number} from
 * @returns {Promise<number>} the port
 */
async function listen(from) {
  for (let port = from; port <= Math.min(from + 100, 65535); port++) {
    const got = await tryPort(port);
    if (got !== null) return got;
  }
  const any = await tryPort(0);
  if (any === null) throw new Error(`No port of ${host} is free.`);
  return any;
}

/**
 * @param {number} port
 * @returns {Promise<number | null>} the port that is listened at, or null if it is taken
 */
function tryPort(port) {
  return new Promise((resolve) => {
    const refused = () => resolve(null);
    server.once('error', refused);
    server.listen(port, host, () => {
      server.off('error', refused);
      const address = server.address();
      resolve(typeof address === 'object' && address ? address.port : null);
    });
  });
}
