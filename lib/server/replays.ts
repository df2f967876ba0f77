import type { Drift } from '@/lib/api/drift';
import type { ReplaysResponse } from '@/lib/api/experiment';
import { jsonResponse } from '@/lib/http/json-response';
import { notFound, problemResponse } from '@/lib/http/problem';
import type { StoredHead } from '@/lib/store/store';
import { findParent, findVisible, type Opened, open } from './access';
import { isAsideError } from './aside';
import { services } from './services';
import { ownerOf, visitorKey } from './visitor';

/** The maximum number of experiments on a timeline, and of the bytes that their runs are stored in. */
const maxReplays = 50;
const maxBytes = 8 * 1024 * 1024;
/** How long the server may take to compare them, in milliseconds. */
const driftMs = 5000;

/** GET /api/experiments/{id}/replays: the drift timeline of its recipe, over what the caller may see. */
export async function listReplays(request: Request, id: string): Promise<Response> {
  const owner = ownerOf(request);
  const stored = await findVisible(id, owner);
  if (!stored) return problemResponse(notFound);
  const parent = await findParent(stored, owner);
  return jsonResponse<ReplaysResponse>({
    drift: await driftOf(stored, parent, { owner, visitor: await visitorKey(request) }),
  });
}

/**
 * The owner's experiments with this recipe, this one and its parent, compared in the visitor's turn; null if it is the only one, or
 * they are too much.
 */
export async function driftOf(
  stored: StoredHead,
  parent: StoredHead | null,
  { owner, visitor }: { owner: string | null; visitor: string },
): Promise<Drift | null> {
  const own = owner === null ? [] : await services().store.listReplays(owner, stored.recipeHash, maxReplays, maxBytes);
  const related = parent?.recipeHash === stored.recipeHash ? [stored, parent] : [stored];
  const made = [...own, ...related].filter(({ origin }) => origin === 'run');
  const all = new Map(made.map((each) => [each.id, each]));
  if (all.size < 2) return null;
  const opened: Opened[] = [];
  for (const each of all.values()) opened.push(await open(each));
  const weight = opened.reduce((sum, each) => sum + each.weight, 0);
  const readAll = () => Promise.all(opened.map(({ read }) => read()));
  try {
    return await services().aside.do({ visitor, weight, ms: driftMs }, 'drift', readAll);
  } catch (error) {
    if (isAsideError(error)) return null;
    throw error;
  }
}
