import { readFileSync } from 'node:fs';
import { join } from 'node:path';

type HeldOut = { prompt: string; reference: string };

function isHeldOut(value: unknown): value is HeldOut {
  return typeof value === 'object' && value !== null && 'prompt' in value && 'reference' in value;
}

const read: unknown = JSON.parse(readFileSync(join(import.meta.dirname, '..', 'prompts.json'), 'utf8'));
if (!Array.isArray(read) || !read.every(isHeldOut)) throw new Error('prompts.json is not a list of prompts.');

/** The prompts that Sapling is judged by, each with an answer by hand. The corpus must not have them. */
export const heldOut: readonly HeldOut[] = read;

/** The words alone, so that neither a capital nor a comma lets a prompt through. */
const wordsOf = (text: string): string => (text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []).join(' ');

const refused = new Set(heldOut.map(({ prompt }) => wordsOf(prompt)));

export const isRefused = (request: string): boolean => refused.has(wordsOf(request));
