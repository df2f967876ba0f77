import type { Drift } from '@/lib/api/drift';
import type { ReplaysResponse } from '@/lib/api/experiment';
import { jsonResponse } from '@/lib/http/json-response';
import { notFound, problemResponse } from '@/lib/http/problem';
import type { StoredExperiment } from '@/lib/store/store';
import { findParent, findVisible, toSaved } from './access';
import { isAsideError } from './aside';
import { services } from './services';
import { weightOf } from './tasks';
import { ownerOf } from './visitor';

/** The maximum number of experiments on a timeline, and of the characters that their runs are stored in. */
const maxReplays = 50;
const maxCharacters = 8 * 1024 * 1024;
/** How long the server may take to compare them, in milliseconds. */
const driftMs = 5000;

/** GET /api/experiments/{id}/replays: the drift timeline of its recipe, over what the caller may see. */
export async function listReplays(request: Request, id: string): Promise<Response> {
  const owner = ownerOf(request);
  const stored = await findVisible(id, owner);
  if (!stored) return problemResponse(notFound);
  const parent = await findParent(stored, owner);
  return jsonResponse<ReplaysResponse>({ drift: await driftOf(stored, parent, owner) });
}

/** The visitor's own experiments with this recipe, this one and its parent; null if it is the only one, or they are too much. */
export async function driftOf(
  stored: StoredExperiment,
  parent: StoredExperiment | null,
  owner: string | null,
): Promise<Drift | null> {
  const own =
    owner === null ? [] : await services().store.listReplays(owner, stored.recipeHash, maxReplays, maxCharacters);
  const related = parent?.recipeHash === stored.recipeHash ? [stored, parent] : [stored];
  const made = [...own, ...related].filter(({ origin }) => origin === 'run');
  const all = new Map(made.map((each) => [each.id, each]));
  if (all.size < 2) return null;
  const saved = [...all.values()].map(toSaved);
  const weight = weightOf(saved.flatMap(({ runs }) => runs));
  try {
    return await services().aside.do({ visitor: owner ?? '', weight, ms: driftMs }, 'drift', saved);
  } catch (error) {
    if (isAsideError(error)) return null;
    throw error;
  }
}
