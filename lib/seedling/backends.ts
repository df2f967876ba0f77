import { type Arithmetic, bfloat16, exact, float16, float32, splitSums } from './arithmetic';
import { alone, batched, fleet, type ModelFacts } from './models';

/**
 * One machine that answers for a model: its tag, and how it calculates for a request that came as one of `inFlight`.
 * `steady` means that it calculates the same however many there are.
 */
export type Backend<Way = Arithmetic> = { tag: string; steady: boolean; arithmetic: (inFlight: number) => Way };

/** A model, and the back ends that may answer for it. `Way` is how they calculate. */
export type ModelOf<Way> = ModelFacts & { backends: readonly [Backend<Way>, ...Backend<Way>[]] };
export type SeedlingModel = ModelOf<Arithmetic>;

/** A back end that calculates the same however many requests there are. */
export const steadily = <Way>(tag: string, arithmetic: Way): Backend<Way> => ({
  tag,
  steady: true,
  arithmetic: () => arithmetic,
});

/** How a back end calculates for a request; null if that goes by how many were in flight, and nobody has recorded it. */
export const arithmeticOf = <Way>({ steady, arithmetic }: Backend<Way>, inFlight: number | undefined): Way | null =>
  steady || inFlight !== undefined ? arithmetic(inFlight ?? 1) : null;

/** Reads off a fingerprint which hash and which back end of these models it names; null if it is not one of theirs. */
export function readFingerprint<Way>(
  fingerprint: string,
  family: string,
  models: readonly ModelOf<Way>[],
): { hash: string; backend: Backend<Way> } | null {
  const [, hash, tag] = new RegExp(`^fp_${family}_([0-9a-f]+)_([0-9a-z]+)$`).exec(fingerprint) ?? [];
  const backend = models.flatMap(({ backends }) => backends).find((each) => each.tag === tag);
  return hash !== undefined && backend ? { hash, backend } : null;
}

/** All models use the same counts; they differ only in how these are added up and rounded. */
export const seedlingModels: readonly [SeedlingModel, ...SeedlingModel[]] = [
  { ...alone, backends: [steadily('exact', exact)] },
  { ...fleet, backends: [steadily('f32', float32), steadily('bf16', bfloat16), steadily('f16', float16)] },
  { ...batched, backends: [{ tag: 'batched', steady: false, arithmetic: splitSums }] },
];

export const seedlingBackends: readonly Backend[] = seedlingModels.flatMap(({ backends }) => backends);
