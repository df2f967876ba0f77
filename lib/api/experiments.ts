import { z } from 'zod';
import { prompt } from '@/lib/recipe/parameters';
import { Tone } from './facts';

const limitError = 'limit must be a whole number from 1 to 100.';

/** The query of GET /api/experiments. */
export const ListQuery = z.object({
  /** part of the title, the messages or the model, in upper or lower case */
  search: z.string().max(200, { error: 'search may have at most 200 characters.' }).default(''),
  after: z.string().max(200, { error: 'after must be the `next` of another page.' }).nullable().default(null),
  limit: z.coerce
    .number({ error: limitError })
    .int({ error: limitError })
    .min(1, { error: limitError })
    .max(100, { error: limitError })
    .default(20),
});

/** An experiment in a list: enough to recognize it. Times are ISO 8601 in UTC. */
export const Summary = z.object({
  id: z.string(),
  title: z.string().nullable(),
  /** the first 300 characters of the last user message */
  prompt: z.string(),
  provider: z.string(),
  model: z.string(),
  seed: z.number().nullable(),
  /** whether settings vary between its runs */
  varied: z.boolean(),
  temperature: z.number().nullable(),
  /** models, settings with all that varies, and runs, in words: "seedling-1 · seeds 1 to 5 · T 0.2 · 5 runs" */
  asked: z.string(),
  /** how many runs its recipe plans, and how many of them are missing */
  runs: z.int(),
  missing: z.int(),
  createdAt: z.string(),
  sharedAt: z.string().nullable(),
  parent: z.string().nullable(),
  origin: z.enum(['run', 'import']),
  verdict: z.string(),
  tone: Tone,
});
export type Summary = z.infer<typeof Summary>;

/** GET /api/experiments: the caller's own, newest first; `next` is null on the last page. */
export const ListResponse = z.object({ experiments: z.array(Summary), next: z.string().nullable() });
export type ListResponse = z.infer<typeof ListResponse>;

const maxPrompt = prompt.type.maxCharacters;

/** POST /api/experiments/import: texts that were made elsewhere, in any format that `parseImport` reads. */
export const ImportRequest = z.strictObject(
  {
    text: z.string({ error: 'text must be what is to be imported.' }),
    /** what the file was called, whose ending says what is in it; without one that is guessed */
    fileName: z.string({ error: 'fileName must be text.' }).optional(),
    /** what the texts answer, if that is known */
    prompt: z
      .string({ error: 'prompt must be text.' })
      .max(maxPrompt, { error: `prompt may have at most ${maxPrompt} characters.` })
      .optional(),
  },
  { error: 'The body must be { "text": …, "fileName"?: …, "prompt"?: … }.' },
);
export type ImportRequest = z.infer<typeof ImportRequest>;

/** `path` is its permalink. */
export const ImportResponse = z.object({ id: z.string(), path: z.string() });
export type ImportResponse = z.infer<typeof ImportResponse>;
