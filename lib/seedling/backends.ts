import { type Arithmetic, bfloat16, exact, float16, float32, splitSums } from './arithmetic';

/** One machine that answers for a model: how it calculates while `inFlight` requests share it, and a tag of its own. */
export type Backend = { tag: string; arithmetic: (inFlight: number) => Arithmetic };

/** A model by the name under which it is asked, what to know of it, and the back ends that may answer. */
export type SeedlingModel = { id: string; about: string; exact: boolean; backends: readonly [Backend, ...Backend[]] };

const always = (arithmetic: Arithmetic) => () => arithmetic;

/** The same counts throughout; what differs is only how they are added up and rounded. */
export const seedlingModels: readonly [SeedlingModel, ...SeedlingModel[]] = [
  {
    id: 'seedling-1',
    about: 'A fixed program: the same recipe gives the same text, every time, on every machine.',
    exact: true,
    backends: [{ tag: 'exact', arithmetic: always(exact) }],
  },
  {
    id: 'seedling-1-fleet',
    about:
      'One of three back ends answers, by chance, as behind a load balancer. They calculate in float32, bfloat16 and ' +
      'float16, each with its own fingerprint. Same seed and same fingerprint: same text.',
    exact: false,
    backends: [
      { tag: 'f32', arithmetic: always(float32) },
      { tag: 'bf16', arithmetic: always(bfloat16) },
      { tag: 'f16', arithmetic: always(float16) },
    ],
  },
  {
    id: 'seedling-1-batched',
    about:
      'One back end, one fingerprint, but its sums are split by how many requests are in flight, and rounded after each ' +
      'part. Under load the same seed can part, as on real servers. One run after the other repeats.',
    exact: false,
    backends: [{ tag: 'batched', arithmetic: splitSums }],
  },
];
