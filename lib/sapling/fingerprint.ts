import { type Backend, saplingModels } from './backends';

/** Reads which weights and which back end answered off a fingerprint; null if it is not one of Sapling's. */
export function parseFingerprint(fingerprint: string): { hash: string; backend: Backend } | null {
  const [, hash, tag] = /^fp_sapling_([0-9a-f]+)_([0-9a-z]+)$/.exec(fingerprint) ?? [];
  const backend = saplingModels.flatMap(({ backends }) => backends).find((each) => each.tag === tag);
  return hash !== undefined && backend ? { hash, backend } : null;
}
