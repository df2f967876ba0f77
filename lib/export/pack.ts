import { canonicalJson, recipeHash } from '@/lib/recipe/canonical';
import type { RunRecord } from '@/lib/run/record';
import type { SavedExperiment } from '@/lib/run/saved';
import { toCurl, toPython, toTypeScript } from './code';
import { toComparison } from './comparison';
import { sha256Hex } from './digest';
import { requestsOf } from './program';

/** Versions of the programs that made the experiment: Seedbed itself and OpenAI's package, through which it asked. */
export type Versions = { seedbed: string; openai: string };

/**
 * Everything that somebody needs to check an experiment, in one JSON document: each request body in canonical form with
 * the SHA-256 of exactly that text, what came back with its own, who answered, and three programs that ask again.
 * `openUrl` is where the programs ask without a key, as in "http://127.0.0.1:3000/v1"; null: where a key is wanted.
 */
export function toPack(saved: SavedExperiment, openUrl: string | null, versions: Versions): string {
  const { id, title, createdAt, origin, recipe, runs } = saved;
  const pack = {
    format: 'seedbed-repro-pack',
    v: 1,
    versions,
    ...{ id, title, createdAt, origin },
    recipe,
    recipeHash: recipeHash(recipe),
    requests: requestsOf(recipe).map((request, arm) => {
      const body = canonicalJson(request);
      return { arm, label: recipe.arms?.[arm]?.label ?? null, body, sha256: sha256Hex(body) };
    }),
    results: runs.map(resultOf),
    comparison: toComparison(recipe, runs),
    programs: {
      curl: toCurl(saved, openUrl),
      typescript: toTypeScript(saved, openUrl),
      python: toPython(saved, openUrl),
    },
  };
  return `${JSON.stringify(pack, null, 2)}\n`;
}

/** One run: who answered, and the text with its hash. What a run that has not ended cannot know is null. */
function resultOf(record: RunRecord): object {
  const { run, arm, seed, model, status, text } = record;
  const asked = { run, arm, seed, model, status };
  const said = { sha256: sha256Hex(text), text };
  if (record.status === 'ended') {
    const { servedModel, finish, fingerprints, requestId, usage, cached = false } = record;
    return { ...asked, servedModel, finish, fingerprints, requestId, usage, cached, error: null, ...said };
  }
  const nothing = { servedModel: null, finish: null, fingerprints: [], requestId: null, usage: null };
  return { ...asked, ...nothing, error: record.status === 'failed' ? record.error : null, ...said };
}
