import { pages } from '@/lib/api/addresses';
import type { ShareResponse } from '@/lib/api/experiment';
import { ShareRequest } from '@/lib/api/requests';
import { jsonResponse } from '@/lib/http/json-response';
import { notFound, type Problem, problemResponse } from '@/lib/http/problem';
import type { StoredHead } from '@/lib/store/store';
import { findOwn, findVisible, isRunning, open } from './access';
import { publicCacheControl } from './for-everybody';
import { parseOwn } from './own-request';
import { deletedAfter } from './retention';
import { services } from './services';
import { hashToken, newToken, ownerOf, visitorKey } from './visitor';

/**
 * POST /api/experiments/{id}/share { title? }: makes the permalink public. The answer to the first call has the delete
 * link; it is not kept here and never given again.
 */
export async function shareExperiment(request: Request, id: string): Promise<Response> {
  const body = await parseOwn(request, ShareRequest);
  if (!body.ok) return problemResponse(body.error);
  const stored = await findOwn(id, ownerOf(request));
  if (!stored) return problemResponse(notFound);
  if (isRunning(stored)) return problemResponse(stillRunning);
  const { title = stored.title } = body.value;
  const { store } = services();
  if (body.value.title !== undefined) await store.rename(stored.id, title);
  const token = newToken();
  const sharedAt = stored.sharedAt ?? Date.now();
  const preview = stored.sharedAt === null ? await draw({ ...stored, title }, request) : new Uint8Array();
  const first = stored.sharedAt === null && (await store.share(stored.id, sharedAt, hashToken(token), preview));
  return jsonResponse<ShareResponse>({
    id: stored.id,
    sharedAt: new Date(sharedAt).toISOString(),
    path: pages.permalink(stored.id),
    deletePath: first ? pages.deletion(stored.id, token) : null,
    deletedAfter: deletedAfter({ ...stored, sharedAt }),
  });
}

/** Whatever it weighs, a picture takes a tenth of a second. */
async function draw(stored: StoredHead, request: Request): Promise<Uint8Array> {
  const { read } = await open(stored);
  const about = { visitor: await visitorKey(request), weight: Number.POSITIVE_INFINITY, ms: 10_000 };
  return services().aside.do(about, 'preview', read);
}

const stillRunning: Problem = {
  status: 409,
  code: 'running',
  message: 'This experiment is running. It can be shared when it is over.',
};

/** GET /e/{id}/opengraph-image: the picture that was drawn when it was shared. */
export async function getPreview(_request: Request, id: string): Promise<Response> {
  const png = (await findVisible(id, null)) && (await services().store.findPreview(id));
  if (!png) return problemResponse(notFound);
  return new Response(new Uint8Array(png), {
    headers: { 'content-type': 'image/png', 'cache-control': publicCacheControl() },
  });
}

/** GET /e/{id}/badge.svg: the verdict on a shared experiment as a small picture. */
export async function getBadge(request: Request, id: string): Promise<Response> {
  const stored = await findVisible(id, null);
  if (!stored) return problemResponse(notFound);
  const { weight, read } = await open(stored);
  const about = { visitor: await visitorKey(request), weight, ms: 10_000 };
  return new Response(await services().aside.do(about, 'badge', read), {
    headers: { 'content-type': 'image/svg+xml; charset=utf-8', 'cache-control': publicCacheControl() },
  });
}
