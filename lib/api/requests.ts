import { z } from 'zod';
import { prompt } from '@/lib/recipe/parameters';
import { limits } from '@/lib/recipe/recipe';

/*
 * What requests to /api may say, as the server reads it; a page takes only the types. A recipe to run is read by
 * lib/recipe/schema.ts.
 */

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

/** POST /api/probe */
export const ProbeRequest = z.strictObject(
  { provider: z.string(), model: z.string() },
  { error: 'The body must be { "provider": …, "model": … }.' },
);
export type ProbeRequest = z.infer<typeof ProbeRequest>;

/** A title without space around it; null, or nothing but space, for none. */
const Title = z
  .string({ error: 'title must be text.' })
  .max(200, { error: 'title may have at most 200 characters.' })
  .transform((title) => title.trim() || null)
  .nullable();

/** PATCH /api/experiments/{id} */
export const RenameRequest = z.strictObject({ title: Title }, { error: 'The body must be { "title": … }.' });
export type RenameRequest = z.infer<typeof RenameRequest>;

/** POST /api/experiments/{id}/share: without a title it keeps the one that it has. */
export const ShareRequest = z.strictObject({ title: Title.optional() }, { error: 'The body must be { "title"?: … }.' });
export type ShareRequest = z.infer<typeof ShareRequest>;

const tokenError = 'token must be that of a delete link.';

/** DELETE /api/experiments/{id}: with the token of its delete link, or by the browser that made it. */
export const DeleteRequest = z.strictObject(
  { token: z.string({ error: tokenError }).max(100, { error: tokenError }).optional() },
  { error: 'The body must be { "token"?: … } or nothing.' },
);
export type DeleteRequest = z.infer<typeof DeleteRequest>;

/** POST /api/experiments/{id}/stop and …/runs: which runs; all of them, or all that are missing, if none are named. */
export const RunChoice = z.strictObject({
  runs: z
    .array(z.unknown())
    .max(limits.runs)
    .pipe(z.array(z.int().min(1)))
    .optional(),
});
export type RunChoice = z.infer<typeof RunChoice>;

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
