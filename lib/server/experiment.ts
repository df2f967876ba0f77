import { timingSafeEqual } from 'node:crypto';
import type { OwnResponse, RenameResponse } from '@/lib/api/experiment';
import { DeleteRequest, RenameRequest } from '@/lib/api/requests';
import { jsonResponse } from '@/lib/http/json-response';
import { notFound, problemResponse } from '@/lib/http/problem';
import type { StoredHead } from '@/lib/store/store';
import { find, findOwn, findParent, findVisible, isRunning, open, openFor } from './access';
import { parseOwn } from './own-request';
import { driftOf } from './replays';
import { sendJson } from './sending';
import { services } from './services';
import { hashToken, ownerOf, visitorKey } from './visitor';

/** How long an answer may take to be written, in milliseconds. */
const answerMs = 10_000;

/** GET /api/experiments/{id} */
export async function getExperiment(request: Request, id: string): Promise<Response> {
  const owner = ownerOf(request);
  const stored = await findVisible(id, owner);
  if (!stored) return problemResponse(notFound);
  const opened = await openFor(stored, owner);
  const repeated = await findParent(stored, owner);
  const parent = repeated && (await open(repeated));
  const weight = opened.weight + (parent?.weight ?? 0);
  const about = { visitor: await visitorKey(request), weight, ms: answerMs, left: request.signal };
  const seen = { own: stored.owner === owner, recipeHash: stored.recipeHash, running: isRunning(stored) };
  return sendJson(request, await services().aside.do(about, 'experiment', opened.read, seen, parent?.read ?? null));
}

/** GET /api/experiments/{id}/own. Whoever has never run anything here costs the store nothing. */
export async function getOwn(request: Request, id: string): Promise<Response> {
  const owner = ownerOf(request);
  if (owner === null) return jsonResponse<OwnResponse>({ own: false, parent: null, drift: null });
  const stored = await findVisible(id, owner);
  if (!stored) return problemResponse(notFound);
  const visitor = await visitorKey(request);
  const repeated = await findParent(stored, owner);
  const answer = { own: stored.owner === owner, drift: await driftOf(stored, repeated, { owner, visitor }) };
  const parent = repeated?.sharedAt === null ? await open(repeated) : null;
  const about = { visitor, weight: parent?.weight ?? 0, ms: answerMs, left: request.signal };
  return sendJson(request, await services().aside.do(about, 'own', answer, parent?.read ?? null));
}

/** PATCH /api/experiments/{id} { title }: names an experiment, or takes its name away. */
export async function renameExperiment(request: Request, id: string): Promise<Response> {
  const body = await parseOwn(request, RenameRequest);
  if (!body.ok) return problemResponse(body.error);
  const stored = await findOwn(id, ownerOf(request));
  if (!stored) return problemResponse(notFound);
  const { title } = body.value;
  await services().store.rename(stored.id, title);
  return jsonResponse<RenameResponse>({ id: stored.id, title });
}

/** DELETE /api/experiments/{id} [{ token }]: by the browser that made it, or with the token of its delete link. */
export async function deleteExperiment(request: Request, id: string): Promise<Response> {
  const body = await parseOwn(request, DeleteRequest);
  if (!body.ok) return problemResponse(body.error);
  const { token } = body.value;
  const stored = token === undefined ? await findOwn(id, ownerOf(request)) : await findByToken(id, token);
  if (!stored) return problemResponse(notFound);
  services().hub.forget(stored.id);
  await services().store.remove(stored.id);
  return new Response(null, { status: 204 });
}

async function findByToken(id: string, token: string): Promise<StoredHead | null> {
  const stored = await find(id);
  if (!stored?.deleteHash) return null;
  const same = timingSafeEqual(Buffer.from(stored.deleteHash, 'hex'), Buffer.from(hashToken(token), 'hex'));
  return same ? stored : null;
}
