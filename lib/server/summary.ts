import type { Summary } from '@/lib/api/experiments';
import { judgeRuns } from '@/lib/compare/measure/judge';
import { probeFindings } from '@/lib/compare/measure/probe';
import { toneOf } from '@/lib/compare/measure/verdict';
import { askedOf } from '@/lib/recipe/asked';
import { promptOf } from '@/lib/recipe/recipe';
import { isMissing } from '@/lib/run/record';
import type { SavedExperiment } from '@/lib/run/saved';
import { sayAsked } from '@/lib/words/asked';
import { sayProbe } from '@/lib/words/probe';
import { sayVerdict } from '@/lib/words/verdict';

/** An experiment as a line in a list. */
export function summarize({ id, title, createdAt, sharedAt, parent, origin, recipe, runs }: SavedExperiment): Summary {
  const { request } = recipe;
  const verdict = judgeRuns(recipe, runs);
  const probe = probeFindings(recipe, runs);
  const asked = sayAsked(askedOf(recipe));
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
    asked: probe ? `${asked[0]} · probe` : asked.join(' · '),
    runs: runs.length,
    missing: runs.filter(isMissing).length,
    createdAt,
    sharedAt,
    parent,
    origin,
    verdict: probe ? sayProbe(probe) : sayVerdict(verdict).sentence,
    tone: probe ? 'open' : toneOf(verdict),
  };
}
