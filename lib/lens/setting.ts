import { canonicalJson } from '@/lib/recipe/canonical';
import type { ChatRequest } from '@/lib/recipe/recipe';
import type { Sliders } from './reshaped';
import type { Source } from './source';
import { type Way, wayOf } from './way';

/**
 * What shapes the distributions of a run, beside the tokens that came before: what was asked, but for the seed, and how the
 * model inside calculated that answered, null of another one. Runs with the same `key` have the same ones.
 */
export type Setting = { key: string; request: Omit<ChatRequest, 'seed'>; way: Way | null };

/** The setting of a run, by its request (see `armRequest`) and by where its moments come from. */
export function settingOf({ seed: _, ...request }: ChatRequest, source: Source): Setting {
  const way = source.kind === 'retraceable' ? wayOf(source.run) : null;
  return { key: canonicalJson({ request, way, source: source.kind }), request, way };
}

/** Where the sliders stand for a setting. What was not asked for has the API's default, 1. */
export const slidersOf = ({ request: { temperature = 1, top_p = 1 } }: Setting): Sliders => ({ temperature, top_p });
