import { z } from 'zod';
import { limits } from '@/lib/recipe/recipe';
import { ok } from '@/lib/result';
import { maxFingerprints } from '@/lib/run/events';
import { alternatives } from '@/lib/words/english';
import { readBatchLine } from './batch';
import { asked, type ImportedItem, itemOf, seed, textKeys, usage, word } from './imported-item';
import { type ImportResult, refuse } from './problem';
import { readPromptfooResult } from './promptfoo';
import { readOwnRow } from './table';

const extras = { model: word, system_fingerprint: word, usage, id: word };

const Labelled = z.object({
  ...extras,
  finish: word,
  finish_reason: word,
  fingerprints: z.array(z.unknown()).max(maxFingerprints).pipe(z.array(z.string())).catch([]),
  seed,
  prompt: asked,
  label: word,
});
const Texts = z.record(z.string(), z.unknown());

/** The part of OpenAI's chat completion that is read here. A refusal is read as a text that ended in one. */
const Completion = z.object({
  ...extras,
  choices: z
    .array(z.unknown())
    .min(1)
    .max(limits.runs)
    .pipe(
      z.array(
        z.object({
          message: z.object({ content: z.string().nullish(), refusal: z.string().nullish() }),
          finish_reason: word,
        }),
      ),
    ),
});

/**
 * The texts of a list of strings, objects, chat completions, results of promptfoo, and rows of our own tables. Each
 * choice of a completion is a text. An error names the first entry that has no text, counted from 1.
 */
export function readItems(values: readonly unknown[]): ImportResult<ImportedItem[]> {
  if (values.length > limits.runs) return refuse(tooMany(values.length));
  const items: ImportedItem[] = [];
  for (const [index, value] of values.entries()) {
    const read = readItem(value);
    if (read === null)
      return refuse(
        `Entry ${index + 1} holds no text: it must be a string, an object with ${alternatives(textKeys)}, or a chat completion.`,
        String(index),
      );
    items.push(...read);
    if (items.length > limits.runs) return refuse(tooMany(items.length));
  }
  return ok(items);
}

/** Why so many texts are not taken. */
export const tooMany = (texts: number): string =>
  `There are ${texts} texts; an experiment may have at most ${limits.runs}.`;

function readItem(value: unknown): ImportedItem[] | null {
  if (typeof value === 'string') return [itemOf(value)];
  return (
    readCompletion(value) ??
    readBatchLine(value, readCompletion) ??
    readOwnRow(value) ??
    readPromptfooResult(value) ??
    readLabelled(value)
  );
}

function readLabelled(value: unknown): ImportedItem[] | null {
  const entries = Texts.safeParse(value);
  const text = textKeys.map((key) => entries.data?.[key]).find((entry) => typeof entry === 'string');
  if (text === undefined) return null;
  const { finish, finish_reason, fingerprints, system_fingerprint, id, prompt, ...said } = Labelled.parse(value);
  const all = new Set([...fingerprints, system_fingerprint ?? '']);
  all.delete('');
  const known = { ...said, messages: prompt, finish: finish ?? finish_reason, fingerprints: [...all], requestId: id };
  return [itemOf(text, known)];
}

/** The usage of a completion counts the tokens of all its choices, so it belongs to none of them if there are several. */
function readCompletion(value: unknown): ImportedItem[] | null {
  const parsed = Completion.safeParse(value);
  if (!parsed.success) return null;
  const { choices, model, system_fingerprint, usage, id } = parsed.data;
  return choices.map(({ message: { content, refusal }, finish_reason }) =>
    itemOf(`${content ?? ''}${refusal ?? ''}`, {
      model,
      finish: refusal ? 'refusal' : finish_reason,
      fingerprints: system_fingerprint === null ? [] : [system_fingerprint],
      usage: choices.length === 1 ? usage : null,
      requestId: id,
    }),
  );
}
