import type { Drift } from '@/lib/api/drift';
import type { ReplaysResponse } from '@/lib/api/experiment';
import { drift } from '@/lib/compare/measure/drift';
import { toDrift } from '@/lib/export/drift';
import { jsonResponse } from '@/lib/http/json-response';
import { notFound, problemResponse } from '@/lib/http/problem';
import type { StoredExperiment } from '@/lib/store/store';
import { findParent, findVisible, toSaved } from './access';
import { services } from './services';
import { ownerOf } from './visitor';

/** The maximum number of experiments on a timeline. */
const maxReplays = 50;

/** GET /api/experiments/{id}/replays: the drift timeline of its recipe, over what the caller may see. */
export async function listReplays(request: Request, id: string): Promise<Response> {
  const owner = ownerOf(request);
  const stored = await findVisible(id, owner);
  if (!stored) return problemResponse(notFound);
  const parent = await findParent(stored, owner);
  return jsonResponse<ReplaysResponse>({ drift: await driftOf(stored, parent, owner) });
}

/** The visitor's own experiments with this recipe, this one and its parent; null if it is the only one. */
export async function driftOf(
  stored: StoredExperiment,
  parent: StoredExperiment | null,
  owner: string | null,
): Promise<Drift | null> {
  const own = owner === null ? [] : await services().store.listReplays(owner, stored.recipeHash, maxReplays);
  const related = parent?.recipeHash === stored.recipeHash ? [stored, parent] : [stored];
  const made = [...own, ...related].filter(({ origin }) => origin === 'run');
  const all = new Map(made.map((each) => [each.id, each]));
  return all.size < 2 ? null : toDrift(drift([...all.values()].map(toSaved)));
}
