import type { StopResponse } from '@/lib/api/experiment';
import { RunChoice } from '@/lib/api/requests';
import { jsonResponse } from '@/lib/http/json-response';
import { notFound, type Problem, problemResponse } from '@/lib/http/problem';
import { sseResponse } from '@/lib/http/sse';
import { limits } from '@/lib/recipe/recipe';
import { err, ok, type Result } from '@/lib/result';
import { isMissing } from '@/lib/run/record';
import { fillIn } from '@/lib/run/saved';
import { findOwn, findVisible, isRunning } from './access';
import { addressOf } from './address';
import { findProviders } from './find-provider';
import { followStored } from './follow-stored';
import type { LiveExperiment } from './live-experiment';
import { askedWithOwnKey, ownKeysOf } from './own-keys';
import { readOwn } from './own-request';
import { beginWithin, costOfOver, costOfRuns, settle } from './quotas';
import { services } from './services';
import { countStream, type Readers, readersOf } from './streams';
import { ownerOf } from './visitor';

/** GET /api/experiments/{id}/events: the stream again, after the event that Last-Event-ID names. */
export async function followExperiment(request: Request, id: string): Promise<Response> {
  const stored = await findVisible(id, ownerOf(request));
  if (!stored) return problemResponse(notFound);
  const { readers, refusal } = await readersOf(request);
  if (refusal) return problemResponse(refusal);
  const { hub, store } = services();
  const live = hub.get(id);
  // The log of an experiment that is over here may lack what another process has run since.
  if (!live || (!live.running && !(await store.holds(id))))
    return sseResponse((signal) => countStream(readers, followStored(stored, signal)));
  const after = Number(request.headers.get('last-event-id') ?? 0);
  return sendEvents(readers, live, Number.isSafeInteger(after) && after > 0 ? after : 0);
}

/** POST /api/experiments/{id}/stop { runs?: number[] } */
export async function stopExperiment(request: Request, id: string): Promise<Response> {
  const chosen = await readChoice(request);
  if (!chosen.ok) return problemResponse(chosen.error);
  const stored = await findOwn(id, ownerOf(request));
  if (!stored) return problemResponse(notFound);
  const { hub, store } = services();
  const live = hub.get(id);
  const { runs } = chosen.value;
  if (live?.running) live.stop(runs);
  else if (isRunning(stored)) await store.tell({ kind: 'stop', id, runs });
  return jsonResponse<StopResponse>({ id });
}

/**
 * POST /api/experiments/{id}/runs { runs?: number[] }: runs again what is missing or failed, and streams it. What was begun with a
 * visitor's key wants one again.
 */
export async function rerunExperiment(request: Request, id: string): Promise<Response> {
  const chosen = await readChoice(request);
  if (!chosen.ok) return problemResponse(chosen.error);
  const stored = (await findOwn(id, ownerOf(request))) && (await services().store.find(id));
  if (!stored) return problemResponse(notFound);
  if (stored.origin === 'import') return problemResponse(notMadeHere);
  const keys = ownKeysOf(request);
  if (!keys.ok) return problemResponse(keys.error);
  const found = await findProviders(stored.recipe, { keys: keys.value, wanted: askedWithOwnKey(stored) });
  if (!found.ok) return problemResponse(found.error);
  const { readers, refusal } = await readersOf(request);
  if (refusal) return problemResponse(refusal);
  const { recipe, owner } = stored;
  const { runs } = chosen.value;
  const missing = fillIn(recipe, stored.runs).filter((each) => isMissing(each) && (runs?.includes(each.run) ?? true));
  const cost = costOfRuns(recipe, found.value, missing);
  const begun = await beginWithin({ request, owner, id }, cost, async (afford) => {
    const refusal = await afford();
    if (refusal) return err(refusal);
    return services().hub.again(stored, found.value, paceOf(request), runs, addressOf(request));
  });
  if (!begun.ok) return problemResponse(begun.error);
  const { counted, value } = begun.value;
  const { live, after } = value;
  const numbers = new Set(missing.map(({ run }) => run));
  const made = () => live.experiment.runs.filter(({ run }) => numbers.has(run));
  void live.over().then(() => settle(counted, costOfOver(recipe, found.value, made())));
  return sendEvents(readers, live, after);
}

/** Streams what happens in an experiment after the event with this number. */
export const sendEvents = (
  readers: Readers,
  live: LiveExperiment,
  after: number,
  headers?: Record<string, string>,
): Response => sseResponse((signal) => countStream(readers, live.read(after, signal)), headers);

/** Tokens a second that the caller asks for; undefined for as fast as possible. */
export const paceOf = (request: Request): number | undefined =>
  Number(new URL(request.url).searchParams.get('pace')) || undefined;

const notMadeHere: Problem = {
  status: 409,
  code: 'imported',
  message: 'This experiment was imported: its runs were not made here and cannot be completed here.',
};

async function readChoice(request: Request): Promise<Result<RunChoice, Problem>> {
  const body = await readOwn(request);
  if (!body.ok) return body;
  const parsed = RunChoice.safeParse(body.value ?? {});
  if (parsed.success) return ok(parsed.data);
  const message = `The body must be { "runs"?: [run numbers] }, at most ${limits.runs} of them.`;
  return err({ status: 400, code: 'invalid_body', message, param: 'runs' });
}
