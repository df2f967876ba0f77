import { createHash } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { endpoints, pages } from '@/lib/api/addresses';
import { find, isRunning } from './access';
import type { Answer } from './kept-answers';
import { services } from './services';
import { ownerIn } from './visitor';

/** What the site answers at a path to somebody of whom it knows nothing. */
type Rendered = { status: number; headers: Record<string, string>; body: Buffer };

/**
 * What may be kept of what is the same for everybody, and by whom: a proxy for half a minute, a browser only to ask whether
 * it still holds. With the time for which this process keeps it, whatever is deleted is gone everywhere within a minute.
 */
export const publicCacheControl = 'public, max-age=0, s-maxage=30, must-revalidate';

/** The addresses of shared experiments at which everybody gets the same; `own`: all but the owner, who is told so. */
const addresses = [
  { form: formOf(pages.permalink), own: false },
  { form: formOf(pages.embed), own: false },
  { form: formOf(pages.badge), own: false },
  { form: formOf(endpoints.experiment), own: true },
];

function formOf(address: (id: string) => string): RegExp {
  return new RegExp(`^${address('([^/]+)').replaceAll('.', '[.]')}$`);
}

/**
 * Answers what is the same for everybody, rendered once and kept, and tells whether it did. What is private, running or not
 * there is left to be rendered for whoever asks.
 */
export async function answerForEverybody(
  request: IncomingMessage,
  response: ServerResponse,
  render: (path: string) => Promise<Rendered>,
): Promise<boolean> {
  const [path = ''] = (request.url ?? '').split('?');
  const { form, own } = addresses.find((each) => each.form.test(path)) ?? {};
  // Next asks for a part of a page by the header "rsc".
  if (!form || !['GET', 'HEAD'].includes(request.method ?? '') || request.headers.rsc !== undefined) return false;
  const [, id = ''] = form.exec(path) ?? [];
  const make = () =>
    renderForEverybody(id, own ? ['Accept-Encoding', 'Cookie'] : ['Accept-Encoding'], () => render(path));
  // What cannot be rendered now is asked for in the usual way, which says why.
  const answer = await services()
    .kept.get(path, make)
    .catch(() => null);
  if (!answer || (own && answer.owner === ownerIn(request.headers.cookie ?? null))) return false;
  send(request, response, answer);
  return true;
}

/** Null unless it is shared and over, when it is rendered. */
async function renderForEverybody(
  id: string,
  varies: readonly string[],
  render: () => Promise<Rendered>,
): Promise<Answer | null> {
  const stored = await find(id);
  if (!stored || stored.sharedAt === null || isRunning(stored)) return null;
  const { status, headers, body } = await render();
  if (status !== 200) return null;
  const lasting = Object.entries(headers).filter(([name]) => !ofOneAnswer.includes(name));
  return {
    of: stored.parent === null ? [id] : [id, stored.parent],
    owner: stored.owner,
    headers: {
      ...Object.fromEntries(lasting),
      'cache-control': publicCacheControl,
      etag: `W/"${createHash('sha256').update(body).digest('base64url')}"`,
      vary: [...new Set([...(headers.vary?.split(', ') ?? []), ...varies])].join(', '),
    },
    body,
    packed: await promisify(gzip)(body),
  };
}

/** The headers that are written for each answer anew. */
const ofOneAnswer = ['connection', 'content-length', 'date', 'keep-alive', 'transfer-encoding'];

function send({ method, headers }: IncomingMessage, response: ServerResponse, answer: Answer): void {
  const unchanged = headers['if-none-match']?.split(/,\s*/).includes(answer.headers.etag ?? '');
  if (unchanged) {
    response.writeHead(304, answer.headers).end();
    return;
  }
  const packs = /\bgzip\b(?!\s*;\s*q=0(\.0*)?\s*(,|$))/.test(String(headers['accept-encoding'] ?? ''));
  const body = packs ? answer.packed : answer.body;
  const encoding = packs ? { 'content-encoding': 'gzip' } : {};
  response.writeHead(200, { ...answer.headers, ...encoding, 'content-length': body.length });
  response.end(method === 'HEAD' ? undefined : body);
}
