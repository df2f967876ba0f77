import { type ModelOf, type Backend as SeedlingBackend, steadily } from '@/lib/seedling/backends';
import { type Arithmetic, bfloat16, float16, float32, splitSums } from './arithmetic';
import { alone, batched, fleet } from './models';

/** As Seedling's back ends, but for how they calculate. */
export type Backend = SeedlingBackend<Arithmetic>;
export type SaplingModel = ModelOf<Arithmetic>;

/** All models use the same weights; they differ only in how results are rounded and sums are split. */
export const saplingModels: readonly [SaplingModel, ...SaplingModel[]] = [
  { ...alone, backends: [steadily('f32', float32)] },
  { ...fleet, backends: [steadily('f32', float32), steadily('bf16', bfloat16), steadily('f16', float16)] },
  { ...batched, backends: [{ tag: 'batched', steady: false, arithmetic: splitSums }] },
];

export const saplingBackends: readonly Backend[] = saplingModels.flatMap(({ backends }) => backends);
