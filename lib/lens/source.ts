import { armRequest } from '@/lib/recipe/plan';
import { importedProvider, type Recipe } from '@/lib/recipe/recipe';
import type { TokenInfo } from '@/lib/run/events';
import type { RunRecord } from '@/lib/run/record';
import type { SavedExperiment } from '@/lib/run/saved';
import * as sapling from '@/lib/sapling/fingerprint';
import { arithmeticOf } from '@/lib/seedling/backends';
import * as seedling from '@/lib/seedling/seedling';
import type { ModelName } from './lens-model';
import type { ModelRun } from './retrace';

/**
 * A run of a model that can be computed here. `hash` names the numbers that wrote it, `tag` the back end; `inFlight` is how many
 * requests that had in flight, if it calculates by that.
 */
export type RetraceableRun = ModelRun & { model: ModelName; hash: string; tag: string; inFlight?: number };

/**
 * Where the moments of a run come from: the model itself, which the run's fingerprint names; the logprobs that were stored
 * with the run; or nowhere. `imported`: it is a file that says so.
 */
export type Source =
  | { kind: 'retraceable'; run: RetraceableRun; imported: boolean }
  | { kind: 'logprobs'; tokens: readonly TokenInfo[]; text: string; imported: boolean }
  | { kind: 'none'; why: NoSource };

/**
 * Why there is nothing to go by:
 * `no-text`: the run has no text.
 * `request-unknown`: it was imported from a file that does not say what was asked, so that nothing can be recomputed.
 * `not-asked`: it asked for no logprobs.
 * `none-came`: it asked for them, and its text came without.
 * `load-unknown`: it asked for none, and its back end calculates according to its load, which was not recorded.
 */
export type NoSource = 'no-text' | 'request-unknown' | 'not-asked' | 'none-came' | 'load-unknown';

/** Where the moments of a run of this recipe come from. */
export function sourceOf(record: RunRecord, recipe: Recipe, origin: SavedExperiment['origin'] = 'run'): Source {
  const { text, tokens } = record;
  const imported = origin === 'import';
  const isKnown = recipe.provider !== importedProvider;
  const request = armRequest(recipe, record.arm);
  const made = madeBy(record);
  if (isKnown && made?.loadKnown && record.status === 'ended')
    return { kind: 'retraceable', run: { request, text, finish: record.finish, ...made.by }, imported };
  if (tokens?.length) return { kind: 'logprobs', tokens, text, imported };
  if (text === '') return { kind: 'none', why: 'no-text' };
  if (!isKnown) return { kind: 'none', why: 'request-unknown' };
  if (request.logprobs) return { kind: 'none', why: 'none-came' };
  return { kind: 'none', why: made ? 'load-unknown' : 'not-asked' };
}

/** Which model and back end a run's fingerprint names, and whether its load is known or of no matter; null if it names none. */
type MadeBy = { by: Pick<RetraceableRun, 'model' | 'hash' | 'tag' | 'inFlight'>; loadKnown: boolean };

const parsers = { seedling: seedling.parseFingerprint, sapling: sapling.parseFingerprint };
const models = ['seedling', 'sapling'] as const;

function madeBy(record: RunRecord): MadeBy | null {
  if (record.status !== 'ended') return null;
  const { fingerprints, inFlight } = record;
  for (const fingerprint of fingerprints)
    for (const model of models) {
      const found = parsers[model](fingerprint);
      if (!found) continue;
      const { hash, backend } = found;
      const load = backend.steady || inFlight === undefined ? {} : { inFlight };
      const by = { model, hash, tag: backend.tag, ...load };
      return { by, loadKnown: arithmeticOf<unknown>(backend, inFlight) !== null };
    }
  return null;
}
