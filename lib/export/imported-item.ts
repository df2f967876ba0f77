import { z } from 'zod';
import { prompt } from '@/lib/recipe/parameters';
import type { Message } from '@/lib/recipe/recipe';
import { isSeed, readSeed, type Seed } from '@/lib/recipe/seed';
import { type RunProblem, Usage } from '@/lib/run/schema';

/** A text from elsewhere with what its file says about it; null where it says nothing. */
export type ImportedItem = {
  text: string;
  /** what was asked for, and what answered */
  model: string | null;
  servedModel: string | null;
  seed: Seed | null;
  messages: Message[] | null;
  /** what the group of runs is called that it belongs to */
  label: string | null;
  finish: string | null;
  fingerprints: string[];
  usage: Usage | null;
  requestId: string | null;
  /** whether a cache had the text */
  cached: boolean;
  /** why the run failed, if it did; then `text` is what had arrived */
  error: RunProblem | null;
};

/** A text of which nothing else is known, with what is. */
export const itemOf = (text: string, known: Partial<ImportedItem> = {}): ImportedItem => ({
  text,
  ...{ model: null, servedModel: null, seed: null, messages: null, label: null },
  ...{ finish: null, fingerprints: [], usage: null, requestId: null, cached: false, error: null },
  ...known,
});

/** The keys under which objects have their text, and columns of tables, the first that is there. */
export const textKeys = ['text', 'output', 'content', 'completion', 'response'] as const;

/* What stands beside a text is used if it can be read, and ignored if not. */

export const word = z.string().min(1).nullable().catch(null);

/** A seed as a number, or as digits: of a cell, or of a number that is too long for one. */
export const seed = z
  .union([z.number(), z.string().transform((text) => readSeed(text))])
  .refine(isSeed)
  .nullable()
  .catch(null);

export const usage = Usage.nullable().catch(null);

/** A prompt as the messages that ask it. */
export const asked = z
  .string()
  .max(prompt.type.maxCharacters)
  .refine((text) => text.trim() !== '')
  .transform((content): Message[] => [{ role: 'user', content }])
  .nullable()
  .catch(null);
