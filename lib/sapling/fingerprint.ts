import { readFingerprint } from '@/lib/seedling/backends';
import { type Backend, saplingModels } from './backends';

/** Reads which weights and which back end answered off a fingerprint; null if it is not one of Sapling's. */
export const parseFingerprint = (fingerprint: string): { hash: string; backend: Backend } | null =>
  readFingerprint(fingerprint, 'sapling', saplingModels);
