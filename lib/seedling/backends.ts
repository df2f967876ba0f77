import { type Arithmetic, bfloat16, exact, float16, float32, splitSums } from './arithmetic';

/**
 * One machine that answers for a model: its tag, and how it calculates for a request that came as one of `inFlight`.
 * `steady` means that it calculates the same however many there are.
 */
export type Backend = { tag: string; steady: boolean; arithmetic: (inFlight: number) => Arithmetic };

/** A model: the name it is requested by, what to know about it, and the back ends that may answer. */
export type SeedlingModel = { id: string; about: string; exact: boolean; backends: readonly [Backend, ...Backend[]] };

const steadily = (tag: string, arithmetic: Arithmetic): Backend => ({
  tag,
  steady: true,
  arithmetic: () => arithmetic,
});

/** All models use the same counts; they differ only in how these are added up and rounded. */
export const seedlingModels: readonly [SeedlingModel, ...SeedlingModel[]] = [
  {
    id: 'seedling-1',
    about: 'A fixed program: the same request with the same seed gives the same text, every time, on every machine.',
    exact: true,
    backends: [steadily('exact', exact)],
  },
  {
    id: 'seedling-1-fleet',
    about:
      'One of three back ends answers, by chance, as behind a load balancer. They calculate in float32, bfloat16 and ' +
      'float16, each with its own fingerprint. Same request, same seed and same fingerprint: same text.',
    exact: false,
    backends: [steadily('f32', float32), steadily('bf16', bfloat16), steadily('f16', float16)],
  },
  {
    id: 'seedling-1-batched',
    about:
      'One back end, one fingerprint, but its sums are split by how many requests of this experiment are under way when ' +
      'one comes, and rounded after each part. Sent at once, runs of one seed can part; one after the other, they repeat. ' +
      'On real servers the requests of strangers count too.',
    exact: false,
    backends: [{ tag: 'batched', steady: false, arithmetic: splitSums }],
  },
];
