import type { ListResponse, Summary } from '@/lib/api/experiments';
import { ListQuery } from '@/lib/api/requests';
import { judgeRuns } from '@/lib/compare/measure/judge';
import { toneOf } from '@/lib/compare/measure/verdict';
import { jsonResponse } from '@/lib/http/json-response';
import { type Problem, problemResponse } from '@/lib/http/problem';
import { askedOf } from '@/lib/recipe/asked';
import type { RecipeProblem } from '@/lib/recipe/problem';
import { promptOf } from '@/lib/recipe/recipe';
import { parseRecipe } from '@/lib/recipe/schema';
import { isMissing } from '@/lib/run/record';
import type { SavedExperiment } from '@/lib/run/saved';
import { sayAsked } from '@/lib/words/asked';
import { recipeProblemSentence } from '@/lib/words/problems';
import { sayVerdict } from '@/lib/words/verdict';
import { findVisible, toSaved } from './access';
import { findProviders } from './find-provider';
import { readOwn } from './own-request';
import { parseAs } from './parse';
import { paceOf, sendEvents } from './runs';
import { services } from './services';
import { ownerOf, visitorOf } from './visitor';

/** GET /api/experiments[?search=][&after=][&limit=]: the caller's own, newest first. */
export async function listExperiments(request: Request): Promise<Response> {
  const query = parseAs(ListQuery, Object.fromEntries(new URL(request.url).searchParams));
  if (!query.ok) return problemResponse(query.error);
  const owner = ownerOf(request);
  if (owner === null) return jsonResponse<ListResponse>({ experiments: [], next: null });
  const { experiments, next } = await services().store.list({ owner, ...query.value });
  return jsonResponse<ListResponse>({ experiments: experiments.map(toSaved).map(summarize), next });
}

function summarize({ id, title, createdAt, sharedAt, parent, origin, recipe, runs }: SavedExperiment): Summary {
  const { request } = recipe;
  const verdict = judgeRuns(recipe, runs);
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
    asked: sayAsked(askedOf(recipe)).join(' · '),
    runs: runs.length,
    missing: runs.filter(isMissing).length,
    createdAt,
    sharedAt,
    parent,
    origin,
    verdict: sayVerdict(verdict).sentence,
    tone: toneOf(verdict),
  };
}

/** POST /api/experiments[?pace=tokens a second][&parent=id]: stores an experiment, runs it and streams what happens. */
export async function startExperiment(request: Request): Promise<Response> {
  const body = await readOwn(request);
  if (!body.ok) return problemResponse(body.error);
  const parsed = parseRecipe(body.value);
  if (!parsed.ok) return problemResponse(invalidRecipe(parsed.error));
  const recipe = parsed.value;
  const found = await findProviders(recipe);
  if (!found.ok) return problemResponse(found.error);
  const visitor = visitorOf(request);
  const parent = new URL(request.url).searchParams.get('parent');
  if (parent !== null && !(await findVisible(parent, visitor.owner))) return problemResponse(noParent);
  const options = { recipe, providerOf: found.value, owner: visitor.owner, parent, pace: paceOf(request) };
  const started = await services().hub.start(options);
  if (!started.ok) return problemResponse(started.error, { 'retry-after': '5' });
  return sendEvents(started.value, 0, visitor.headers);
}

const invalidRecipe = (problem: RecipeProblem): Problem => ({
  status: 400,
  code: 'invalid_recipe',
  message: recipeProblemSentence(problem),
  param: problem.param,
});

const noParent: Problem = {
  status: 400,
  code: 'unknown_parent',
  message: 'parent must be the id of an experiment that you may see.',
  param: 'parent',
};
