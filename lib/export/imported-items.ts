import { z } from 'zod';
import { ok } from '@/lib/result';
import { Usage } from '@/lib/run/events';
import { type ImportResult, refuse } from './problem';

/** A text from elsewhere with what its file says about it; null where it says nothing. */
export type ImportedItem = {
  text: string;
  model: string | null;
  finish: string | null;
  fingerprints: string[];
  usage: Usage | null;
  requestId: string | null;
};

/** What stands beside a text is used if it can be read, and ignored if not. */
const word = z.string().min(1).nullable().catch(null);
const extras = { model: word, system_fingerprint: word, usage: Usage.nullable().catch(null), id: word };

const keys = ['text', 'output', 'content', 'completion'] as const;
const Labelled = z.object({
  ...extras,
  finish: word,
  finish_reason: word,
  fingerprints: z.array(z.string()).catch([]),
});
const Texts = z.record(z.string(), z.unknown());

/** The part of OpenAI's chat completion that is read here. A refusal is read as a text that ended in one. */
const Completion = z.object({
  ...extras,
  choices: z
    .array(
      z.object({
        message: z.object({ content: z.string().nullish(), refusal: z.string().nullish() }),
        finish_reason: word,
      }),
    )
    .min(1),
});

/**
 * The texts of a list of strings, objects and chat completions. Each choice of a completion is a text. An error names
 * the first entry that has no text, counted from 1.
 */
export function readItems(values: readonly unknown[]): ImportResult<ImportedItem[]> {
  const read = values.map(readItem);
  const bad = read.indexOf(null);
  if (bad < 0) return ok(read.flatMap((items) => items ?? []));
  return refuse(
    `Entry ${bad + 1} holds no text: it must be a string, an object with ${keys.join(', ')}, or a chat completion.`,
    String(bad),
  );
}

function readItem(value: unknown): ImportedItem[] | null {
  if (typeof value === 'string') return [readText(value, {})];
  const completion = Completion.safeParse(value);
  if (completion.success) return readCompletion(completion.data);
  const entries = Texts.safeParse(value);
  const text = keys.map((key) => entries.data?.[key]).find((entry) => typeof entry === 'string');
  return text === undefined ? null : [readText(text, value)];
}

function readText(text: string, about: unknown): ImportedItem {
  const { model, finish, finish_reason, fingerprints, system_fingerprint, usage, id } = Labelled.parse(about);
  const all = new Set([...fingerprints, system_fingerprint ?? '']);
  all.delete('');
  return { text, model, finish: finish ?? finish_reason, fingerprints: [...all], usage, requestId: id };
}

/** The usage of a completion counts the tokens of all its choices, so it belongs to none of them if there are several. */
function readCompletion({ choices, model, system_fingerprint, usage, id }: z.infer<typeof Completion>): ImportedItem[] {
  return choices.map(({ message: { content, refusal }, finish_reason }) => ({
    text: `${content ?? ''}${refusal ?? ''}`,
    model,
    finish: refusal ? 'refusal' : finish_reason,
    fingerprints: system_fingerprint === null ? [] : [system_fingerprint],
    usage: choices.length === 1 ? usage : null,
    requestId: id,
  }));
}
