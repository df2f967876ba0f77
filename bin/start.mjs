// Starts the built playground at HOST (loopback if not set) and PORT (3000 if not set), or at the next free port if that one is
// taken. Next answers; this process listens, notes each sender's address, refuses what nothing here is for, and ends in order
// when it is told to.

import '../lib/server/malloc.ts'; // before anything is loaded in vain
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { securityHeaders } from '../lib/http/security-headers.ts';
import { noteAddress } from '../lib/server/address.ts';
import { BuildFiles } from '../lib/server/build-files.ts';
import { readConfiguration } from '../lib/server/configuration.ts';
import { Connections } from '../lib/server/connections.ts';
import { makeDoor } from '../lib/server/door.ts';
import { checkEnvironment, loadEnvironmentFile } from '../lib/server/environment.ts';
import { failedPage } from '../lib/server/failed-page.ts';
import { isLoopback, siteAt, tellWhoMayCome } from '../lib/server/listening.ts';
import { mayGetPage, render, sendRendered } from '../lib/server/render.ts';
import { findCookie } from '../lib/server/visitor-cookie.ts';
import { openLog } from '../lib/telemetry/log.ts';
import { metrics } from '../lib/telemetry/metrics.ts';
import { isOften, levelOf, makeRouteOf, nameRequest, sayRequest, watchRequest } from '../lib/telemetry/request.ts';
import { withinRequest } from '../lib/telemetry/spans.ts';

/** Once all runs are stored, how long readers may take before their connections are cut. */
const readersMs = 5000;
/** How long the end may take in all, beyond the grace that running answers have. */
const endMs = 20_000;
/** A connection on which nothing moves for this long is cut. */
const quietMs = 60_000;
/** A reader that takes nothing of what waits for it for this long is let go. */
const unreadMs = 15_000;

const root = fileURLToPath(new URL('..', import.meta.url));
// Before anything is read: Next loads that file as well, but later.
loadEnvironmentFile(root);

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

const host = environment.HOST;
const log = openLog({ level: environment.LOG_LEVEL, format: environment.LOG_FORMAT });
const routeOf = makeRouteOf(JSON.parse(readFileSync(join(root, '.next/routes-manifest.json'), 'utf8')));

// Next and React read these when they are loaded, so they are loaded afterwards.
Object.assign(process.env, { NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1' });
const { default: next } = await import('next');

// Nothing here speaks another protocol: who offers one is answered in this one. Next would take such connections past the door.
const server = createServer({ shouldUpgradeCallback: () => false });
const connections = new Connections(server, { quietMs, unreadMs });
const port = await listen(wanted).catch((error) => {
  console.error(`[seedbed] HOST and PORT are not usable: ${error.message}`);
  process.exit(1);
});
const site = siteAt(host, port);
// Who sets an address to be reached at means that visitors see it.
if (environment.PUBLIC_URL === undefined && site !== null && !isLoopback(host)) process.env.PUBLIC_URL = site;
const publicUrl = environment.PUBLIC_URL ?? site ?? undefined;
const door = makeDoor({ publicUrl, host, password: environment.ACCESS_PASSWORD });
if (port !== wanted && wanted !== 0) log.warn(`Port ${wanted} is taken; using ${port} instead.`);

const app = next({ dev: false, dir: root, hostname: host, port, quiet: true });
const ready = app.prepare();
const answerByNext = app.getRequestHandler();
const buildFiles = new BuildFiles(join(root, '.next'), (path) => render(answerByNext, path));
/**
 * @typedef {typeof import('../lib/server/for-everybody.ts').answerForEverybody} AnswerForEverybody
 * @type {typeof globalThis & { seedbedStop?: (graceMs: number) => Promise<void>, seedbedForEverybody?: AnswerForEverybody, seedbedTrouble?: PromiseWithResolvers<string | null> }}
 */
const globals = globalThis; // what lib/server/start-up.ts sets
globals.seedbedTrouble = Promise.withResolvers();
let ending = false;
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => void end(signal));
server.on('request', answer);
// Next does not wait for its instrumentation, which opens the store.
const [trouble] = await Promise.all([globals.seedbedTrouble.promise, ready]).catch((error) => {
  console.error(error);
  process.exit(1);
});
const state = trouble ? 'answers, though it keeps nothing yet,' : 'is ready';
const reached = site ?? `http://127.0.0.1:${port}`;
log.info({ site: reached, ready: !trouble }, `Seedbed ${state} at ${reached} (Ctrl+C stops it)`);
for (const line of tellWhoMayCome(environment, port)) log.info(line);

/**
 * @param {import('node:http').IncomingMessage} request
 * @param {import('node:http').ServerResponse} response
 */
async function answer(request, response) {
  noteAddress(request, environment.TRUSTED_PROXIES);
  const requestId = nameRequest(request, response, environment.TRUSTED_PROXIES);
  const route = routeOf((request.url ?? '/').split('?')[0] ?? '/');
  const token = findCookie(request.headers.cookie ?? null)?.token ?? null;
  watchRequest(request, response, { route, requestId, token }, (facts) => {
    log[levelOf(facts)](facts, sayRequest(facts));
    metrics().requestOver(facts);
  });
  connections.note(request, response);
  response.once('finish', () => {
    if (ending) request.socket.end(); // otherwise it is kept for a next request, and keeps the process alive
  });
  const asked = { method: request.method ?? 'GET', route, requestId };
  try {
    if (await door(request, response)) return;
    await ready;
    if (isOften(route)) await pass(request, response);
    else await withinRequest(asked, response, () => pass(request, response));
  } catch (error) {
    log.error({ error, requestId }, 'A request failed.');
    if (response.headersSent) response.destroy();
    else sendFailure(response, requestId);
  }
}

/**
 * Passes on what the door has let in: to the files of the build, to what is kept for everybody, else to Next.
 * @param {import('node:http').IncomingMessage} request
 * @param {import('node:http').ServerResponse} response
 */
async function pass(request, response) {
  if (await buildFiles.answer(request, response)) return;
  if (await globals.seedbedForEverybody?.(request, response, (path) => render(answerByNext, path))) return;
  if (mayGetPage(request))
    await sendRendered(request, response, await render(answerByNext, request.url ?? '/', request.headers));
  else await answerByNext(request, response);
}

/**
 * @param {import('node:http').ServerResponse} response
 * @param {string} requestId
 */
function sendFailure(response, requestId) {
  const { status, headers, html } = failedPage(requestId);
  response.writeHead(status, { ...securityHeaders, ...headers, 'content-type': 'text/html; charset=utf-8' }).end(html);
}

/**
 * Begins nothing any more, lets what runs end for a while (not at Ctrl+C), aborts the rest, waits until it is stored, takes no more
 * requests, sends readers what is left, and exits: whatever else is still open, in bounded time. A second signal changes nothing: npm and the
 * terminal both send the first one.
 * @param {string} signal
 */
async function end(signal) {
  if (ending) return;
  ending = true;
  const graceMs = signal === 'SIGINT' ? 0 : environment.SHUTDOWN_GRACE_MS;
  setTimeout(() => process.exit(1), graceMs + endMs).unref();
  // Whoever sends visitors here is told meanwhile that it is not ready, and has time to send them elsewhere.
  await globals.seedbedStop?.(graceMs);
  const closed = new Promise((resolve) => server.close(resolve));
  connections.cutUnasked();
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
async function tryPort(port) {
  server.listen(port, host);
  try {
    await once(server, 'listening');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EADDRINUSE') return null;
    throw error;
  }
  const address = server.address();
  return typeof address === 'object' && address ? address.port : null;
}
