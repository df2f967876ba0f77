import { z } from 'zod';
import { compareRuns } from '@/lib/compare/comparison';
import { readJson } from '@/lib/http/body';
import { foreignOrigin } from '@/lib/http/origin';
import { notFound, problemResponse, type Result } from '@/lib/http/problem';
import { sseResponse } from '@/lib/http/sse';
import { recipeHash } from '@/lib/recipe/canonical';
import { parseRecipe, type Recipe } from '@/lib/recipe/recipe';
import type { LiveExperiment } from './live-experiment';
import type { ProviderEntry } from './providers';
import { services } from './services';

/** POST /api/experiments[?pace=tokens a second]: runs a recipe and streams what happens. */
export async function startExperiment(request: Request): Promise<Response> {
  const body = await readOwn(request);
  if (!body.ok) return problemResponse(body.problem);
  const parsed = parseRecipe(body.value);
  if (!parsed.ok) return problemResponse({ status: 400, ...parsed.problem });
  const entry = findProvider(parsed.recipe);
  if (!entry.ok) return problemResponse(entry.problem);
  const pace = Number(new URL(request.url).searchParams.get('pace')) || undefined;
  const started = services().hub.start(parsed.recipe, entry.value.provider, pace);
  if (!started.ok) return problemResponse(started.problem, { 'retry-after': '5' });
  return follow(started.value, 0);
}

/** GET /api/experiments/{id} */
export function getExperiment(id: string): Response {
  const live = services().hub.get(id);
  if (!live) return problemResponse(notFound);
  const { recipe, runs } = live.experiment;
  const head = { id, recipe, recipeHash: recipeHash(recipe), createdAt: live.createdAt.toISOString() };
  const comparison = compareRuns(recipe, runs);
  return Response.json(
    { ...head, sharedAt: null, parent: null, runs, comparison },
    { headers: { 'cache-control': 'no-store' } },
  );
}

/** GET /api/experiments/{id}/events: the stream again, after the event that Last-Event-ID names. */
export function followExperiment(request: Request, id: string): Response {
  const live = services().hub.get(id);
  const after = Number(request.headers.get('last-event-id') ?? 0);
  return live ? follow(live, Number.isSafeInteger(after) && after > 0 ? after : 0) : problemResponse(notFound);
}

/** POST /api/experiments/{id}/stop { runs?: number[] } */
export async function stopExperiment(request: Request, id: string): Promise<Response> {
  const chosen = await readChoice(request);
  if (!chosen.ok) return problemResponse(chosen.problem);
  const live = services().hub.get(id);
  if (!live) return problemResponse(notFound);
  live.stop(chosen.value);
  return Response.json({ id });
}

/** POST /api/experiments/{id}/runs { runs?: number[] }: runs again what is missing or failed, and streams it. */
export async function rerunExperiment(request: Request, id: string): Promise<Response> {
  const chosen = await readChoice(request);
  if (!chosen.ok) return problemResponse(chosen.problem);
  const live = services().hub.get(id);
  if (!live) return problemResponse(notFound);
  const after = live.length;
  if (live.again(chosen.value).length > 0) return follow(live, after);
  const message = 'None of these runs is missing or failed: there is nothing to run again.';
  return problemResponse({ status: 409, code: 'nothing_missing', message, param: 'runs' });
}

/** GET /api/models: providers and the models they offer. A provider that cannot be asked now has an empty list. */
export async function listModels(): Promise<Response> {
  const providers = [...services().providers.values()].map(async ({ id, name, models, provider }) => {
    const names = models ? [] : await provider.models().catch(() => []);
    return { id, name, models: models ?? names.toSorted().map((model) => ({ id: model, about: null, exact: false })) };
  });
  return Response.json({ providers: await Promise.all(providers) }, { headers: { 'cache-control': 'no-store' } });
}

/** GET /api/health */
export function health(): Response {
  const providers = [...services().providers.keys()];
  const version = process.env.npm_package_version ?? '0.1.0';
  return Response.json(
    { status: 'ok', version, store: 'memory', providers },
    { headers: { 'cache-control': 'no-store' } },
  );
}

const follow = (live: LiveExperiment, after: number): Response => sseResponse((signal) => live.read(after, signal));

async function readOwn(request: Request): Promise<Result<unknown>> {
  const foreign = foreignOrigin(request, services().environment.PUBLIC_URL);
  return foreign ? { ok: false, problem: foreign } : readJson(request);
}

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
