import { type Backend, seedlingModels } from './backends';
import type { Counts } from './counts';
import { type Conditioned, condition } from './model';

/** Seedling ready to write: its counts, a hash that stands for them and for its arithmetic, and what it remembers. */
export type Seedling = { counts: Counts; hash: string; prompts: Map<string, Conditioned> };

/** `fp_seedling_…` with the back end's tag: equal for equal counts, arithmetic and number format. */
export const fingerprintOf = ({ hash }: Pick<Seedling, 'hash'>, { tag }: Backend): string =>
  `fp_seedling_${hash}_${tag}`;

/**
 * Who answered, by a fingerprint: the hash of the counts and the back end, or null if it is none of Seedling's.
 *
 *     readFingerprint('fp_seedling_0999dfcf_f32')  →  { hash: '0999dfcf', backend: { tag: 'f32', … } }
 */
export function readFingerprint(fingerprint: string): { hash: string; backend: Backend } | null {
  const [, hash, tag] = /^fp_seedling_([0-9a-f]+)_([0-9a-z]+)$/.exec(fingerprint) ?? [];
  const backend = seedlingModels.flatMap(({ backends }) => backends).find((each) => each.tag === tag);
  return hash !== undefined && backend ? { hash, backend } : null;
}

/** Prompts whose conditioned model is kept: working one out takes as long as some dozens of tokens. */
const maxPrompts = 12;

/** The model with its mind on a prompt, as one back end calculates it. The last prompts are kept. */
export function recallPrompt({ counts, prompts }: Seedling, prompt: string, backend: Backend): Conditioned {
  const key = `${backend.tag} ${prompt}`;
  const conditioned = prompts.get(key) ?? condition(counts, prompt, backend.arithmetic(1));
  prompts.delete(key);
  prompts.set(key, conditioned);
  const [oldest] = prompts.keys();
  if (prompts.size > maxPrompts && oldest !== undefined) prompts.delete(oldest);
  return conditioned;
}
