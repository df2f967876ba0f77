import type { ListResponse, Summary } from '@/lib/api/experiments';
import { ListQuery, ProbeRequest } from '@/lib/api/requests';
import { jsonResponse } from '@/lib/http/json-response';
import { type Problem, problemResponse } from '@/lib/http/problem';
import { probeRecipe } from '@/lib/recipe/probe';
import type { RecipeProblem } from '@/lib/recipe/problem';
import type { Recipe } from '@/lib/recipe/recipe';
import { parseRecipe } from '@/lib/recipe/schema';
import { isUnreadable, type StoredHead } from '@/lib/store/store';
import { recipeProblemSentence } from '@/lib/words/problems';
import { findVisible, open } from './access';
import { addressOf } from './address';
import { findProviders } from './find-provider';
import { newId } from './hub';
import { holdsKey, ownKeysOf } from './own-keys';
import { parseOwn, readOwn } from './own-request';
import { parseAs } from './parse';
import { beginWithin, costOf, costWhenOver, settle } from './quotas';
import { tooLargeRecipe } from './recipe-size';
import { paceOf, sendEvents } from './runs';
import { services } from './services';
import { readersOf } from './streams';
import { ownerOf, visitorKey, visitorOf } from './visitor';

/** GET /api/experiments[?search=][&after=][&limit=]: the caller's own, newest first. */
export async function listExperiments(request: Request): Promise<Response> {
  const query = parseAs(ListQuery, Object.fromEntries(new URL(request.url).searchParams));
  if (!query.ok) return problemResponse(query.error);
  const owner = ownerOf(request);
  if (owner === null) return jsonResponse<ListResponse>({ experiments: [], next: null });
  const { experiments, next } = await services().store.list({ owner, ...query.value });
  const summaries: Summary[] = [];
  for (const head of experiments) summaries.push(...(await summaryOf(head, owner)));
  return jsonResponse<ListResponse>({ experiments: summaries, next });
}

/** Summaries of experiments without a missing run: nothing but the title and being shared changes in those. */
const known = new Map<string, Summary>();
const maxKnown = 2000;

/** The line of an experiment in a list; none if it is damaged: it need not hide the others. */
async function summaryOf(stored: StoredHead, visitor: string): Promise<Summary[]> {
  const { id, title, sharedAt } = stored;
  const last = known.get(id);
  if (last) return [{ ...last, title, sharedAt: sharedAt === null ? null : new Date(sharedAt).toISOString() }];
  const { weight, read } = await open(stored);
  const about = { visitor, weight, ms: 10_000 };
  const summary = await services()
    .aside.do(about, 'summary', read)
    .catch((error: unknown) => {
      if (isUnreadable(error)) return null;
      throw error;
    });
  if (!summary) return [];
  if (summary.missing === 0) known.set(id, summary);
  const [oldest] = known.keys();
  if (known.size > maxKnown && oldest !== undefined) known.delete(oldest);
  return [summary];
}

/** POST /api/experiments[?pace=tokens a second][&parent=id]: stores an experiment, runs it and streams what happens. */
export async function startExperiment(request: Request): Promise<Response> {
  const body = await readOwn(request);
  if (!body.ok) return problemResponse(body.error);
  const parsed = parseRecipe(body.value);
  if (!parsed.ok) return problemResponse(invalidRecipe(parsed.error));
  const tooLarge = tooLargeRecipe(parsed.value);
  if (tooLarge) return problemResponse(tooLarge);
  return startRecipe(request, parsed.value);
}

/** POST /api/probe { provider, model }: the same for the recipe that finds out what a model makes of its settings. */
export async function startProbe(request: Request): Promise<Response> {
  const body = await parseOwn(request, ProbeRequest);
  if (!body.ok) return problemResponse(body.error);
  const parsed = parseRecipe(probeRecipe(body.value.provider, body.value.model));
  return parsed.ok ? startRecipe(request, parsed.value) : problemResponse(invalidRecipe(parsed.error));
}

async function startRecipe(request: Request, recipe: Recipe): Promise<Response> {
  const keys = ownKeysOf(request);
  if (!keys.ok) return problemResponse(keys.error);
  if (holdsKey(recipe, keys.value)) return problemResponse(keyInRecipe);
  const found = await findProviders(recipe, { keys: keys.value });
  if (!found.ok) return problemResponse(found.error);
  const visitor = await visitorOf(request);
  const parent = new URL(request.url).searchParams.get('parent');
  if (parent !== null && !(await findVisible(parent, visitor.owner))) return problemResponse(noParent);
  const { readers, refusal } = await readersOf(request);
  if (refusal) return problemResponse(refusal);
  const { owner } = visitor;
  const id = newId();
  const options = {
    id,
    recipe,
    providerOf: found.value,
    owner,
    address: addressOf(request),
    parent,
    visitor: await visitorKey(request),
    pace: paceOf(request),
  };
  const begun = await beginWithin({ request, owner, id }, costOf(recipe, found.value), (afford) =>
    services().hub.start({ ...options, afford, left: request.signal }),
  );
  if (!begun.ok) return problemResponse(begun.error);
  const { value: live, counted } = begun.value;
  void live.over().then(() => settle(counted, costWhenOver(recipe, found.value, live.experiment.runs)));
  return sendEvents(readers, live, 0, visitor.headers);
}

const invalidRecipe = (problem: RecipeProblem): Problem => ({
  status: 400,
  code: 'invalid_recipe',
  message: recipeProblemSentence(problem),
  param: problem.param,
});

const keyInRecipe: Problem = {
  status: 400,
  code: 'key_in_recipe',
  message: 'The recipe itself holds your key. What is asked is stored and may be shared: take the key out of it.',
};

const noParent: Problem = {
  status: 400,
  code: 'unknown_parent',
  message: 'parent must be the id of an experiment that you may see.',
  param: 'parent',
};
