import { timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import { compareRuns } from '@/lib/compare/comparison';
import { compareReplay, type Replay } from '@/lib/compare/measure/replay';
import { describeRuns } from '@/lib/compare/measure/verdict';
import { notFound, type Problem, problemResponse } from '@/lib/http/problem';
import { promptOf } from '@/lib/recipe/recipe';
import { isMissing } from '@/lib/run/record';
import type { SavedExperiment } from '@/lib/run/saved';
import type { StoredExperiment } from '@/lib/store/store';
import { answer, find, findOwn, findParent, findVisible, isRunning, toSaved } from './access';
import { invalid } from './invalid';
import { driftOf } from './open-permalink';
import { readOwn } from './own-request';
import { drawPreview } from './preview';
import { services } from './services';
import { hashToken, newToken, ownerOf } from './visitor';

const noStore = { 'cache-control': 'no-store' };

/** GET /api/experiments/{id} */
export const getExperiment = (request: Request, id: string): Promise<Response> =>
  answer(async () => {
    const owner = ownerOf(request);
    const stored = await findVisible(id, owner);
    if (!stored) return problemResponse(notFound);
    const { recipe, runs, ...head } = toSaved(stored);
    const facts = { ...head, own: stored.owner === owner, recipe, recipeHash: stored.recipeHash, runs };
    const replay = await replayOf(stored, owner);
    return Response.json({ ...facts, comparison: compareRuns(recipe, runs), replay }, { headers: noStore });
  });

/** What running a recipe again has shown, if its parent may be seen. */
async function replayOf(stored: StoredExperiment, owner: string | null): Promise<Replay | null> {
  const parent = await findParent(stored, owner);
  return parent && compareReplay(toSaved(parent), { ...toSaved(stored), running: isRunning(stored) });
}

/** GET /api/experiments/{id}/replays: the drift timeline of its recipe, over what the caller may see. */
export const listReplays = (request: Request, id: string): Promise<Response> =>
  answer(async () => {
    const owner = ownerOf(request);
    const stored = await findVisible(id, owner);
    if (!stored) return problemResponse(notFound);
    return Response.json(
      { drift: await driftOf(stored, await findParent(stored, owner), owner) },
      { headers: noStore },
    );
  });

const ListQuery = z.object({
  search: z.string().max(200, { error: 'search may have at most 200 characters.' }).default(''),
  after: z.string().max(200, { error: 'after must be the `next` of another page.' }).nullable().default(null),
  limit: z.coerce
    .number({ error: 'limit must be a whole number from 1 to 100.' })
    .int({ error: 'limit must be a whole number from 1 to 100.' })
    .min(1, { error: 'limit must be a whole number from 1 to 100.' })
    .max(100, { error: 'limit must be a whole number from 1 to 100.' })
    .default(20),
});

/** GET /api/experiments[?search=][&after=][&limit=]: the caller's own, newest first. */
export const listExperiments = (request: Request): Promise<Response> =>
  answer(async () => {
    const parsed = ListQuery.safeParse(Object.fromEntries(new URL(request.url).searchParams));
    if (!parsed.success) return problemResponse(invalid(parsed.error));
    const owner = ownerOf(request);
    if (owner === null) return Response.json({ experiments: [], next: null }, { headers: noStore });
    const { experiments, next } = await services().store.list({ owner, ...parsed.data });
    return Response.json({ experiments: experiments.map(toSaved).map(summarize), next }, { headers: noStore });
  });

/** An experiment in a list: enough to find it again by. */
function summarize({ id, title, createdAt, sharedAt, parent, origin, recipe, runs }: SavedExperiment) {
  const { request } = recipe;
  const { sentence, tone } = describeRuns(recipe, runs);
  const prompt = promptOf(recipe);
  return {
    id,
    title,
    prompt: prompt.slice(0, 300),
    provider: recipe.provider,
    model: request.model,
    seed: request.seed ?? null,
    varied: recipe.arms !== undefined,
    temperature: request.temperature ?? null,
    runs: runs.length,
    missing: runs.filter(isMissing).length,
    createdAt,
    sharedAt,
    parent,
    origin,
    verdict: sentence,
    tone,
  };
}

const Title = z
  .string({ error: 'title must be text.' })
  .max(200, { error: 'title may have at most 200 characters.' })
  .transform((title) => title.trim() || null)
  .nullable();

/** PATCH /api/experiments/{id} { title }: names an experiment, or takes its name away. */
export const renameExperiment = (request: Request, id: string): Promise<Response> =>
  change(
    request,
    id,
    z.strictObject({ title: Title }, { error: 'The body must be { "title": … }.' }),
    async (stored, { title }) => {
      await services().store.rename(stored.id, title);
      return { id: stored.id, title };
    },
  );

/**
 * POST /api/experiments/{id}/share { title? }: makes the permalink public. The answer to the first call has the delete
 * link; it is not kept here and never given again.
 */
export const shareExperiment = (request: Request, id: string): Promise<Response> =>
  change(
    request,
    id,
    z.strictObject({ title: Title.optional() }, { error: 'The body must be { "title"?: … }.' }),
    async (stored, { title }) => {
      if (isRunning(stored)) return problemResponse(stillRunning);
      if (title !== undefined) await services().store.rename(stored.id, title);
      const token = newToken();
      const saved = toSaved({ ...stored, title: title === undefined ? stored.title : title });
      const sharedAt = stored.sharedAt ?? Date.now();
      const preview = stored.sharedAt === null ? await drawPreview(saved) : new Uint8Array();
      const first =
        stored.sharedAt === null && (await services().store.share(stored.id, sharedAt, hashToken(token), preview));
      const path = `/e/${stored.id}`;
      return {
        id: stored.id,
        sharedAt: new Date(sharedAt).toISOString(),
        path,
        deletePath: first ? `${path}#delete=${token}` : null,
      };
    },
  );

const stillRunning: Problem = {
  status: 409,
  code: 'running',
  message: 'This experiment is running. It can be shared when it is over.',
};

const tokenError = 'token must be that of a delete link.';
const Deletion = z.strictObject(
  { token: z.string({ error: tokenError }).max(100, { error: tokenError }).optional() },
  { error: 'The body must be { "token"?: … } or nothing.' },
);

/** DELETE /api/experiments/{id} [{ token }]: by the browser that made it, or with the token of its delete link. */
export const deleteExperiment = (request: Request, id: string): Promise<Response> =>
  answer(async () => {
    const body = await readOwn(request);
    if (!body.ok) return problemResponse(body.problem);
    const parsed = Deletion.safeParse(body.value ?? {});
    if (!parsed.success) return problemResponse(invalid(parsed.error));
    const { token } = parsed.data;
    const stored = token === undefined ? await findOwn(id, ownerOf(request)) : await findByToken(id, token);
    if (!stored) return problemResponse(notFound);
    services().hub.forget(stored.id);
    await services().store.remove(stored.id);
    return new Response(null, { status: 204 });
  });

async function findByToken(id: string, token: string): Promise<StoredExperiment | null> {
  const stored = await find(id);
  if (!stored?.deleteHash) return null;
  const same = timingSafeEqual(Buffer.from(stored.deleteHash, 'hex'), Buffer.from(hashToken(token), 'hex'));
  return same ? stored : null;
}

/** GET /e/{id}/opengraph-image: the picture that was drawn when it was shared. */
export const getPreview = (id: string): Promise<Response> =>
  answer(async () => {
    const png = (await find(id)) && (await services().store.findPreview(id));
    if (!png) return problemResponse(notFound);
    return new Response(new Uint8Array(png), {
      headers: { 'content-type': 'image/png', 'cache-control': 'public, max-age=86400' },
    });
  });

/** Changes an experiment of the caller's own, as a body says that `schema` takes, and answers what `apply` does. */
async function change<T>(
  request: Request,
  id: string,
  schema: z.ZodType<T>,
  apply: (stored: StoredExperiment, body: T) => Promise<object | Response>,
): Promise<Response> {
  return answer(async () => {
    const body = await readOwn(request);
    if (!body.ok) return problemResponse(body.problem);
    const parsed = schema.safeParse(body.value ?? {});
    if (!parsed.success) return problemResponse(invalid(parsed.error));
    const stored = await findOwn(id, ownerOf(request));
    if (!stored) return problemResponse(notFound);
    const answered = await apply(stored, parsed.data);
    return answered instanceof Response ? answered : Response.json(answered, { headers: noStore });
  });
}
