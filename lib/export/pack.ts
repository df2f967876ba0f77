import { canonicalJson } from '@/lib/recipe/canonical';
import { recipeHash } from '@/lib/recipe/hash';
import { armsMade } from '@/lib/recipe/probe';
import type { RunRecord } from '@/lib/run/record';
import type { SavedExperiment } from '@/lib/run/saved';
import { toCurl, toPython, toTypeScript } from './code';
import { toComparison } from './comparison';
import { sha256Hex } from './digest';
import { sentBodies } from './sent';

/** The versions that made the experiment: of Seedbed and of OpenAI's package. */
export type Versions = { seedbed: string; openai: string };

/**
 * Everything that somebody needs to check an experiment, in one JSON document: each request body, but for how it wants its answer, in
 * canonical form with its SHA-256, what came back with its own, who answered, and three programs that repeat it. `openUrl` is the address
 * that the programs call without a key, as in "http://127.0.0.1:3000/v1"; null if a key is needed.
 */
export function toPack(saved: SavedExperiment, openUrl: string | null, versions: Versions): string {
  const bodies = sentBodies(saved);
  const { id, title, createdAt, origin, recipe, runs } = saved;
  const pack = {
    format: 'seedbed-repro-pack',
    v: 1,
    versions,
    ...{ id, title, createdAt, origin },
    recipe,
    recipeHash: recipeHash(recipe),
    requests: armsMade(recipe, runs).map((arm, at) => {
      const body = canonicalJson(bodies[at]?.asks ?? {});
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

/**
 * One run: where it was sent, if that was recorded (null: inside Seedbed), whether with the visitor's key, who answered, and the text
 * with its hash. What is unknown for a run that has not ended is null.
 */
function resultOf(record: RunRecord): object {
  const { run, arm, seed, model, status, text } = record;
  const { endpoint, key } = record.status === 'queued' ? {} : record;
  const asked = { run, arm, seed, model, status, endpoint, key };
  const said = { sha256: sha256Hex(text), text };
  if (record.status === 'ended') {
    const { servedModel, finish, fingerprints, requestId, usage, cached = false } = record;
    return { ...asked, servedModel, finish, fingerprints, requestId, usage, cached, error: null, ...said };
  }
  const nothing = { servedModel: null, finish: null, fingerprints: [], requestId: null, usage: null };
  return { ...asked, ...nothing, error: record.status === 'failed' ? record.error : null, ...said };
}
