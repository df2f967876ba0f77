import { timingSafeEqual } from 'node:crypto';
import type { ExperimentResponse, OwnResponse, RenameResponse } from '@/lib/api/experiment';
import type { Replay } from '@/lib/api/replay';
import { DeleteRequest, RenameRequest } from '@/lib/api/requests';
import { probeFindings } from '@/lib/compare/measure/probe';
import { compareReplay } from '@/lib/compare/measure/replay';
import { toReplay } from '@/lib/export/replay';
import { jsonResponse } from '@/lib/http/json-response';
import { notFound, problemResponse } from '@/lib/http/problem';
import type { Experiment } from '@/lib/run/fold';
import type { StoredExperiment } from '@/lib/store/store';
import { find, findOwn, findParent, findVisible, isRunning, toSaved, toSavedFor } from './access';
import { parseOwn } from './own-request';
import { driftOf } from './replays';
import { services } from './services';
import { weightOf } from './tasks';
import { hashToken, ownerOf, visitorKey } from './visitor';

/** GET /api/experiments/{id} */
export async function getExperiment(request: Request, id: string): Promise<Response> {
  const owner = ownerOf(request);
  const stored = await findVisible(id, owner);
  if (!stored) return problemResponse(notFound);
  const saved = await toSavedFor(stored, owner);
  const { recipe, runs, ...head } = saved;
  const about = { visitor: await visitorKey(request), weight: weightOf(runs), ms: 10_000, left: request.signal };
  return jsonResponse<ExperimentResponse>({
    ...{ ...head, own: stored.owner === owner, recipe, recipeHash: stored.recipeHash, runs },
    comparison: await services().aside.do(about, 'comparison', recipe, runs),
    replay: await replayOf(stored, { ...saved, running: isRunning(stored) }, owner),
    probe: probeFindings(recipe, runs),
  });
}

/** How it compares with the experiment that it repeats, if the caller may see that one. */
async function replayOf(stored: StoredExperiment, now: Experiment, owner: string | null): Promise<Replay | null> {
  const parent = await findParent(stored, owner);
  return parent && toReplay(compareReplay(toSaved(parent), now));
}

/** GET /api/experiments/{id}/own. Whoever has never run anything here costs the store nothing. */
export async function getOwn(request: Request, id: string): Promise<Response> {
  const owner = ownerOf(request);
  if (owner === null) return jsonResponse<OwnResponse>({ own: false, parent: null, drift: null });
  const stored = await findVisible(id, owner);
  if (!stored) return problemResponse(notFound);
  const parent = await findParent(stored, owner);
  return jsonResponse<OwnResponse>({
    own: stored.owner === owner,
    parent: parent?.sharedAt === null ? toSaved(parent) : null,
    drift: await driftOf(stored, parent, owner),
  });
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

async function findByToken(id: string, token: string): Promise<StoredExperiment | null> {
  const stored = await find(id);
  if (!stored?.deleteHash) return null;
  const same = timingSafeEqual(Buffer.from(stored.deleteHash, 'hex'), Buffer.from(hashToken(token), 'hex'));
  return same ? stored : null;
}
