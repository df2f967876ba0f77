import { createHash } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { endpoints, pages } from '@/lib/api/addresses';
import { find, isRunning } from './access';
import type { Answer } from './kept-answers';
import { sendPacked } from './packed';
import type { Rendered } from './render';
import { services } from './services';
import { ownerIn } from './visitor';

/**
 * What may be kept of what is the same for everybody, and by whom: a proxy for half a minute, a browser only to ask whether
 * it still holds. With the time for which this process keeps it, whatever is deleted is gone everywhere within a minute.
 */
export const publicCacheControl = (): string =>
  services().environment.ACCESS_PASSWORD === undefined
    ? 'public, max-age=0, s-maxage=30, must-revalidate'
    : 'private, max-age=0, must-revalidate'; // a proxy would give it to whoever does not know the password

/** The addresses at which everybody gets the same; `own`: all but the owner of what is shown, who is told so. */
const addresses = [
  { form: formOf(pages.permalink), shown: anExperiment, own: false },
  { form: formOf(pages.embed), shown: anExperiment, own: false },
  { form: formOf(pages.badge), shown: anExperiment, own: false },
  { form: formOf(endpoints.experiment), shown: anExperiment, own: true },
  { form: formOf(() => pages.home), shown: theSite, own: false },
  { form: formOf(() => pages.learn), shown: theSite, own: false },
  { form: formOf(pages.lesson), shown: theSite, own: false },
  { form: formOf((slug) => pages.paper(slug, slug)), shown: theSite, own: false },
  { form: formOf(() => pages.explore), shown: theSite, own: false },
  { form: formOf(pages.exhibit), shown: theSite, own: false },
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
  const entry = addresses.find(({ form }) => form.test(path));
  // Next asks for a part of a page by the header "rsc".
  if (!entry || !['GET', 'HEAD'].includes(request.method ?? '') || request.headers.rsc !== undefined) return false;
  const [, id = ''] = entry.form.exec(path) ?? [];
  const make = async () => {
    const what = await entry.shown(id);
    return what && answerOf(what, entry.own ? ['Accept-Encoding', 'Cookie'] : ['Accept-Encoding'], await render(path));
  };
  // What cannot be rendered now is asked for in the usual way, which says why.
  const answer = await services()
    .kept.get(path, make)
    .catch(() => null);
  if (!answer || (entry.own && answer.owner === ownerIn(request.headers.cookie ?? null))) return false;
  sendPacked(request, response, answer);
  return true;
}

/** What an answer shows, and who owns that. */
type Shown = Pick<Answer, 'of' | 'owner'>;

/** What was rendered at build: nobody's experiments. */
async function theSite(): Promise<Shown> {
  return { of: [], owner: '' };
}

/** Null unless it is shared and over. */
async function anExperiment(id: string): Promise<Shown | null> {
  const stored = await find(id);
  if (!stored || stored.sharedAt === null || isRunning(stored)) return null;
  return { of: stored.parent === null ? [id] : [id, stored.parent], owner: stored.owner };
}

async function answerOf(shown: Shown, varies: readonly string[], rendered: Rendered): Promise<Answer | null> {
  const { status, headers, body } = rendered;
  if (status !== 200) return null;
  return {
    ...shown,
    headers: {
      ...headers,
      'cache-control': publicCacheControl(),
      etag: `W/"${createHash('sha256').update(body).digest('base64url')}"`,
      vary: [...new Set([...(headers.vary?.split(', ') ?? []), ...varies])].join(', '),
    },
    body,
    packed: [{ encoding: 'gzip', body: await promisify(gzip)(body) }],
  };
}
