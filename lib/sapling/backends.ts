import { type Arithmetic, bfloat16, float16, float32, splitSums } from './arithmetic';
import { alone, batched, fleet, type ModelFacts } from './models';

/**
 * One machine that answers for a model: its tag, and how it calculates for a request that came as one of `inFlight`.
 * `steady` means that it calculates the same however many there are.
 */
export type Backend = { tag: string; steady: boolean; arithmetic: (inFlight: number) => Arithmetic };

/** A model, and the back ends that may answer for it. */
export type SaplingModel = ModelFacts & { backends: readonly [Backend, ...Backend[]] };

const steadily = (tag: string, arithmetic: Arithmetic): Backend => ({
  tag,
  steady: true,
  arithmetic: () => arithmetic,
});

/** All models use the same weights; they differ only in how results are rounded and sums are split. */
export const saplingModels: readonly [SaplingModel, ...SaplingModel[]] = [
  { ...alone, backends: [steadily('f32', float32)] },
  { ...fleet, backends: [steadily('f32', float32), steadily('bf16', bfloat16), steadily('f16', float16)] },
  { ...batched, backends: [{ tag: 'batched', steady: false, arithmetic: splitSums }] },
];
