import { randomBytes } from 'node:crypto';
import type { IncomingHttpHeaders, IncomingMessage, OutgoingHttpHeaders, ServerResponse } from 'node:http';
import { pipeline, Readable } from 'node:stream';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import inject, { type DispatchFunc } from 'light-my-request';
import { takes } from '../http/encodings.ts';
import { piecesOf } from '../http/pieces.ts';
import { requestIdHeader } from '../telemetry/request.ts';
import { failedPage } from './failed-page.ts';
import { allowInlineScripts, askForMark, policyHeader } from './inline-scripts.ts';
import { type PageFailure, rendering } from './page-failure.ts';
import { paintFirst } from './paint-first.ts';

/** What Next answers to one request, whole; `failure` says why it failed where its status says that it did. */
export type Rendered = { status: number; headers: Record<string, string>; body: Buffer; failure: PageFailure };

type Asked = Pick<IncomingMessage, 'method' | 'url' | 'headers'>;

/** Whether a request may be answered with a page. Next asks for a part of one by the header "rsc". */
export const mayGetPage = ({ method = '', url = '', headers }: Asked): boolean =>
  ['GET', 'HEAD'].includes(method) && headers.rsc === undefined && !/^\/(_next|api|v1)(?![^/?])/.test(url);

/** Has Next answer; a page is painted before its scripts are at work, and its policy allows those that Next wrote into it. */
export async function render(next: DispatchFunc, path: string, headers: IncomingHttpHeaders = {}): Promise<Rendered> {
  const mark = randomBytes(16).toString('hex');
  const { answer, failure } = await rendering(() =>
    inject(next, {
      method: 'GET',
      url: path,
      headers: { ...headers, 'accept-encoding': 'identity', ...askForMark(mark) },
    }),
  );
  const rendered = { status: answer.statusCode, headers: lastingOf(answer.headers), body: answer.rawPayload, failure };
  if (!rendered.headers['content-type']?.startsWith('text/html')) return rendered;
  const html = paintFirst(rendered.body.toString(), mark);
  const page = allowInlineScripts({ headers: rendered.headers, html }, mark);
  return { ...rendered, headers: page.headers, body: Buffer.from(page.html) };
}

/** All headers but those that are written for each answer anew. */
function lastingOf(headers: OutgoingHttpHeaders): Record<string, string> {
  const texts = Object.entries(headers).map(([name, value]) => [name, String(value)]);
  return Object.fromEntries(texts.filter(([name]) => !ofOneAnswer.includes(name ?? '')));
}

const ofOneAnswer = ['connection', 'content-length', 'date', 'keep-alive', 'transfer-encoding'];

/** Sends what was rendered for one visitor, packed if they take that. */
export async function sendRendered(
  request: IncomingMessage,
  response: ServerResponse,
  rendered: Rendered,
): Promise<void> {
  const { status, headers, body, failure } = rendered;
  if (status === 304) {
    // The browser keeps the policy that came with the page that it has: it has that page's hashes.
    const { [policyHeader]: _, ...others } = headers;
    response.writeHead(status, others).end();
    return;
  }
  const page = headers['content-type']?.startsWith('text/html');
  const failed = page && status >= 500 ? failedPage(String(request.headers[requestIdHeader]), failure) : null;
  const whole = failed ? Buffer.from(failed.html) : body;
  const packs = page && takes(request.headers, 'gzip');
  const sent = packs ? await promisify(gzip)(whole) : whole;
  const encoding = packs ? { 'content-encoding': 'gzip' } : {};
  const all = { ...headers, ...failed?.headers, ...encoding, 'content-length': sent.length };
  response.writeHead(failed?.status ?? status, all);
  writeInPieces(response, request.method === 'HEAD' ? Buffer.alloc(0) : sent);
}

/** Writes the body of an answer as it is read, so that it can be told whether its reader reads. */
export function writeInPieces(response: ServerResponse, body: Buffer): void {
  if (response.destroyed) return;
  pipeline(Readable.from(piecesOf(body)), response, () => {}); // whoever has left needs none of it
}
