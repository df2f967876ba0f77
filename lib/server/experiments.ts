import { z } from 'zod';
import { notFound, type Problem, problemResponse, type Result } from '@/lib/http/problem';
import { sseResponse } from '@/lib/http/sse';
import { canonicalJson } from '@/lib/recipe/canonical';
import type { RecipeProblem } from '@/lib/recipe/problem';
import { parseRecipe, type Recipe } from '@/lib/recipe/recipe';
import { isOver } from '@/lib/run/record';
import type { StoredExperiment } from '@/lib/store/store';
import { recipeProblemSentence } from '@/lib/words/problems';
import { answer, findOwn, findVisible, isRunning } from './access';
import { followStored } from './follow-stored';
import type { LiveExperiment } from './live-experiment';
import { readOwn } from './own-request';
import type { ProviderEntry } from './providers';
import { services } from './services';
import { ownerOf, visitorOf } from './visitor';

/** POST /api/experiments[?pace=tokens a second][&parent=id]: keeps a recipe, runs it and streams what happens. */
export const startExperiment = (request: Request): Promise<Response> =>
  answer(async () => {
    const body = await readOwn(request);
    if (!body.ok) return problemResponse(body.problem);
    const parsed = parseRecipe(body.value);
    if (!parsed.ok) return problemResponse(invalidRecipe(parsed.error));
    const recipe = parsed.value;
    const entry = findProvider(recipe);
    if (!entry.ok) return problemResponse(entry.problem);
    const visitor = visitorOf(request);
    const parent = new URL(request.url).searchParams.get('parent');
    if (parent !== null && !(await findVisible(parent, visitor.owner))) return problemResponse(noParent);
    const options = { recipe, provider: entry.value.provider, owner: visitor.owner, parent, pace: paceOf(request) };
    const started = await services().hub.start(options);
    if (!started.ok) return problemResponse(started.problem, { 'retry-after': '5' });
    return follow(started.value, 0, visitor.headers);
  });

const invalidRecipe = (problem: RecipeProblem): Problem => ({
  status: 400,
  code: 'invalid_recipe',
  message: recipeProblemSentence(problem),
  param: problem.param,
});

/** GET /api/experiments/{id}/events: the stream again, after the event that Last-Event-ID names. */
export const followExperiment = (request: Request, id: string): Promise<Response> =>
  answer(async () => {
    const stored = await findVisible(id, ownerOf(request));
    if (!stored) return problemResponse(notFound);
    const live = services().hub.get(id);
    // The log of one that is over here may be behind what another process has run since.
    if (!live || (!live.running && !tellsOf(live, stored)))
      return sseResponse((signal) => followStored(stored, signal));
    const after = Number(request.headers.get('last-event-id') ?? 0);
    return follow(live, Number.isSafeInteger(after) && after > 0 ? after : 0);
  });

/** POST /api/experiments/{id}/stop { runs?: number[] } */
export const stopExperiment = (request: Request, id: string): Promise<Response> =>
  answer(async () => {
    const chosen = await readChoice(request);
    if (!chosen.ok) return problemResponse(chosen.problem);
    const stored = await findOwn(id, ownerOf(request));
    if (!stored) return problemResponse(notFound);
    const live = services().hub.get(id);
    if (!live && isRunning(stored)) return problemResponse(runsElsewhere);
    live?.stop(chosen.value);
    return Response.json({ id });
  });

/** POST /api/experiments/{id}/runs { runs?: number[] }: runs again what is missing or failed, and streams it. */
export const rerunExperiment = (request: Request, id: string): Promise<Response> =>
  answer(async () => {
    const chosen = await readChoice(request);
    if (!chosen.ok) return problemResponse(chosen.problem);
    const stored = await findOwn(id, ownerOf(request));
    if (!stored) return problemResponse(notFound);
    if (stored.origin === 'import') return problemResponse(notMadeHere);
    const entry = findProvider(stored.recipe);
    if (!entry.ok) return problemResponse(entry.problem);
    const again = await services().hub.again(stored, entry.value.provider, paceOf(request), chosen.value);
    return again.ok ? follow(again.value.live, again.value.after) : problemResponse(again.problem);
  });

/** Whether a log holds the very runs that are stored. */
const tellsOf = (live: LiveExperiment, { runs }: StoredExperiment): boolean =>
  canonicalJson(live.experiment.runs.filter(isOver)) === canonicalJson(runs);

const follow = (live: LiveExperiment, after: number, headers?: Record<string, string>): Response =>
  sseResponse((signal) => live.read(after, signal), headers);

const paceOf = (request: Request): number | undefined =>
  Number(new URL(request.url).searchParams.get('pace')) || undefined;

const runsElsewhere: Problem = {
  status: 409,
  code: 'running',
  message: 'Another process of this server runs this experiment; it cannot be stopped from here.',
};

const notMadeHere: Problem = {
  status: 409,
  code: 'imported',
  message: 'This experiment was imported: its runs were not made here and cannot be completed here.',
};

const noParent: Problem = {
  status: 400,
  code: 'unknown_parent',
  message: 'parent must be the id of an experiment that you may see.',
  param: 'parent',
};

const Choice = z.strictObject({ runs: z.array(z.int().min(1)).optional() });

async function readChoice(request: Request): Promise<Result<number[] | undefined>> {
  const body = await readOwn(request);
  if (!body.ok) return body;
  const parsed = Choice.safeParse(body.value ?? {});
  if (parsed.success) return { ok: true, value: parsed.data.runs };
  const message = 'The body must be { "runs"?: [run numbers] }.';
  return { ok: false, problem: { status: 400, code: 'invalid_body', message, param: 'runs' } };
}

function findProvider(recipe: Recipe): Result<ProviderEntry> {
  const known = services().providers;
  const entry = known.get(recipe.provider);
  if (!entry) {
    const message = `There is no provider "${recipe.provider}" here. Known: ${[...known.keys()].join(', ')}.`;
    return { ok: false, problem: { status: 400, code: 'unknown_provider', message, param: 'provider' } };
  }
  const asked = [recipe.request.model, ...(recipe.arms ?? []).flatMap((arm) => arm.set.model ?? [])];
  const unknown = entry.models && asked.find((model) => !entry.models?.some(({ id }) => id === model));
  if (unknown === null || unknown === undefined) return { ok: true, value: entry };
  const message = `${entry.id} has no model "${unknown}". Known: ${entry.models?.map(({ id }) => id).join(', ')}.`;
  return { ok: false, problem: { status: 400, code: 'unknown_model', message, param: 'request.model' } };
}
