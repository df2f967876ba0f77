/** The name that a model is requested by, what to know about it, and whether it always repeats. */
export type ModelFacts = { id: string; about: string; exact: boolean };

export const alone: ModelFacts = {
  id: 'seedling-1',
  about: 'A fixed program: the same request with the same seed gives the same text, every time, on every machine.',
  exact: true,
};

export const fleet: ModelFacts = {
  id: 'seedling-1-fleet',
  about:
    'One of three back ends answers, by chance, as behind a load balancer. They calculate in float32, bfloat16 and ' +
    'float16, each with its own fingerprint. Same request, same seed and same fingerprint: same text.',
  exact: false,
};

export const batched: ModelFacts = {
  id: 'seedling-1-batched',
  about:
    'One back end, one fingerprint, but its sums are split by how many requests of this experiment are under way when ' +
    'one comes, and rounded after each part. Sent at once, runs of one seed can part; one after the other, they repeat. ' +
    'On real servers the requests of strangers count too.',
  exact: false,
};
