/** The name that a model is requested by, and whether it always repeats. */
export type ModelFacts = { id: string; exact: boolean };

export const alone: ModelFacts = { id: 'sapling-1', exact: true };
export const fleet: ModelFacts = { id: 'sapling-1-fleet', exact: false };
export const batched: ModelFacts = { id: 'sapling-1-batched', exact: false };
