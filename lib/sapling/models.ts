import type { ModelFacts } from '@/lib/seedling/models';

export const alone: ModelFacts = { id: 'sapling-1', exact: true };
export const fleet: ModelFacts = { id: 'sapling-1-fleet', exact: false };
export const batched: ModelFacts = { id: 'sapling-1-batched', exact: false };
