import { apiNames, bodyOf, streamingOf } from '@/lib/recipe/body';
import { dialectAt, usualDialect } from '@/lib/recipe/dialect';
import { armProvider, armRequest } from '@/lib/recipe/plan';
import { armsMade } from '@/lib/recipe/probe';
import type { ChatRequest, Recipe } from '@/lib/recipe/recipe';
import { parseExactly } from '@/lib/recipe/seed';
import { withMessages } from '@/lib/run/exchange';
import type { RunRecord } from '@/lib/run/record';
import type { SavedExperiment } from '@/lib/run/saved';

type Fields = Record<string, unknown>;

/** The body of a call in two parts: what it asks for, and how it wants its answer. A number that JSON.parse would round is a bigint. */
export type SentBody = { asks: Fields; streaming: Fields };

/**
 * The body of each arm that was made: as it went over the wire, where that is recorded, and otherwise as a server at the
 * address of the arm's provider wants it, as far as that is known.
 */
export const sentBodies = ({ recipe, runs }: Pick<SavedExperiment, 'recipe' | 'runs'>): SentBody[] =>
  armsMade(recipe, runs).map((arm) => {
    const request = armRequest(recipe, arm);
    const own = runs.filter((run) => run.arm === arm);
    return recordedBody(own, request) ?? likelyBody(recipe, runs, arm);
  });

/** All of a body as one object. */
export const wholeBody = ({ asks, streaming }: SentBody): Fields => ({ ...asks, ...streaming });

/** A whole body with whatever the API has no name for in `extra_body`, as Python's package takes it. */
export function bodyForPython(body: SentBody): Fields {
  const entries = Object.entries(wholeBody(body));
  const extra = entries.filter(([name]) => !apiNames.has(name));
  const own = Object.fromEntries(entries.filter(([name]) => apiNames.has(name)));
  return extra.length === 0 ? own : { ...own, extra_body: Object.fromEntries(extra) };
}

function recordedBody(runs: readonly RunRecord[], { messages }: ChatRequest): SentBody | null {
  for (const run of runs) {
    const kept = 'exchange' in run ? run.exchange?.request.body : null;
    const body = kept ? fieldsIn(withMessages(kept, messages)) : null;
    if (!body) continue;
    const { stream, stream_options, ...asks } = body;
    return { asks, streaming: { stream, ...(stream_options === undefined ? {} : { stream_options }) } };
  }
  return null;
}

/** The fields of an object in JSON; null for any other text, which an imported file may have. */
function fieldsIn(json: string): Fields | null {
  try {
    const value = parseExactly(json);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : null;
  } catch {
    return null;
  }
}

function likelyBody(recipe: Recipe, runs: readonly RunRecord[], arm: number): SentBody {
  const provider = armProvider(recipe, arm);
  const request = armRequest(recipe, arm);
  const addresses = runs.flatMap((run) => {
    const known = 'endpoint' in run && armProvider(recipe, run.arm) === provider ? run.endpoint : null;
    return known ? [`${known.origin}${known.path}`] : [];
  });
  const dialect = addresses[0] === undefined ? usualDialect : dialectAt(addresses[0]);
  return { asks: bodyOf(request, dialect), streaming: streamingOf(request, dialect) };
}
