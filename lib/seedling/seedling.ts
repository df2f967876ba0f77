import { type Backend, readFingerprint, seedlingModels } from './backends';
import type { Counts } from './counts';
import { type ConditionedModel, condition } from './model';

/** Seedling, ready to write: its counts, a hash of them and of its arithmetic, and the last prompts it was conditioned on. */
export type Seedling = { counts: Counts; hash: string; prompts: Map<string, ConditionedModel> };

/** `fp_seedling_…` with the back end's tag: equal for equal counts, arithmetic and number format. */
export const fingerprintOf = ({ hash }: Pick<Seedling, 'hash'>, { tag }: Backend): string =>
  `fp_seedling_${hash}_${tag}`;

/**
 * Reads which counts and which back end answered off a fingerprint; null if it is not one of Seedling's.
 *
 *     parseFingerprint('fp_seedling_0999dfcf_f32')  →  { hash: '0999dfcf', backend: { tag: 'f32', … } }
 */
export const parseFingerprint = (fingerprint: string): { hash: string; backend: Backend } | null =>
  readFingerprint(fingerprint, 'seedling', seedlingModels);

/** How many conditioned models are cached: making one takes as long as writing some dozens of tokens. */
const maxPrompts = 12;

/** The model conditioned on a prompt, as one back end calculates it. The last prompts are cached. */
export function conditionOn({ counts, prompts }: Seedling, prompt: string, backend: Backend): ConditionedModel {
  const key = `${backend.tag} ${prompt}`;
  const model = prompts.get(key) ?? condition(counts, prompt, backend.arithmetic(1));
  prompts.delete(key);
  prompts.set(key, model);
  const [oldest] = prompts.keys();
  if (prompts.size > maxPrompts && oldest !== undefined) prompts.delete(oldest);
  return model;
}
