import { z } from 'zod';
import { Recipe } from '@/lib/recipe/schema';
import { type Capability, capabilityParameters, capabilityStates } from '@/lib/run/capability';
import { OverRun } from '@/lib/run/schema';
import { type RunSize, type StoredHead, StoreError } from './store';
import type { ExperimentRow } from './tables';

/*
 * Whatever visitors and models wrote is stored as JSON text: NUL and lone surrogates, which Postgres refuses and SQLite
 * mangles, are escaped in it and survive on both.
 */

export const writeTitle = (title: string | null): string | null => (title === null ? null : JSON.stringify(title));
export const writeExperiment = ({ recipe, ownKeys }: Pick<StoredHead, 'recipe' | 'ownKeys'>): string =>
  JSON.stringify({ v: 1, recipe, ownKeys });
export const writeCapability = (capability: Capability): string => JSON.stringify({ v: 1, capability });
export const writeRun = (run: OverRun): string => JSON.stringify({ v: 1, run });

/** One experiment cannot be read because it is damaged or a newer version wrote it. The store itself works. */
export class DocumentError extends StoreError {
  constructor(cause: unknown) {
    super('corrupt', 'This experiment is damaged, or was kept by a newer version of Seedbed.', cause);
  }
}

const json = <T extends z.ZodType>(schema: T) =>
  z
    .string()
    .transform((text, context): unknown => {
      try {
        return JSON.parse(text);
      } catch {
        context.addIssue({ code: 'custom', message: 'Not JSON.' });
        return z.NEVER;
      }
    })
    .pipe(schema);

const StoredRow = z
  .object({
    id: z.string(),
    owner: z.string(),
    recipe_hash: z.string(),
    created_at: z.number(),
    shared_at: z.number().nullable(),
    delete_hash: z.string().nullable(),
    parent: z.string().nullable(),
    origin: z.enum(['run', 'import']),
    title: json(z.string()).nullable(),
    lease_until: z.number(),
    document: json(z.object({ v: z.literal(1), recipe: Recipe, ownKeys: z.array(z.string()).optional() })),
  })
  .transform((row) => ({
    id: row.id,
    owner: row.owner,
    recipe: row.document.recipe,
    recipeHash: row.recipe_hash,
    createdAt: row.created_at,
    parent: row.parent,
    origin: row.origin,
    ...(row.document.ownKeys ? { ownKeys: row.document.ownKeys } : {}),
    leaseUntil: row.lease_until,
    title: row.title,
    sharedAt: row.shared_at,
    deleteHash: row.delete_hash,
  }));

const StoredRun = json(z.object({ v: z.literal(1), run: OverRun })).transform(({ run }) => run);

const StoredCapability = json(
  z.object({
    v: z.literal(1),
    capability: z.object({
      model: z.string(),
      parameter: z.enum(capabilityParameters),
      state: z.enum(capabilityStates),
      value: z.string().nullable(),
      at: z.number(),
      before: z.object({ state: z.enum(capabilityStates), at: z.number() }).nullable(),
    }),
  }),
);

/** What was seen of a model, from its document; null if a newer version wrote it. */
export const readCapability = (document: string): Capability | null =>
  StoredCapability.safeParse(document).data?.capability ?? null;

/** A run from its document. Throws DocumentError. */
export const readRun = (document: string): OverRun => orDocumentError(() => StoredRun.parse(document));

/** About so many characters are read or written before the process does whatever else has come in. */
const turnCharacters = 128 * 1024;
/** The one that is there when this is loaded: a test's clock may stand still. */
const soon = setImmediate;

/** Resolves when the process has done whatever else has come in. */
export const nextTurn = (): Promise<void> => new Promise((resolve) => soon(resolve));

/** Rows a few at a time, as many as are dealt with at once. Between them the process has its turn. */
export async function* inTurns<Row extends { document: string }>(rows: Iterable<Row>): AsyncGenerator<Row[]> {
  let turn: Row[] = [];
  let characters = 0;
  for (const row of rows) {
    if (characters > 0 && characters + row.document.length > turnCharacters) {
      yield turn;
      await nextTurn();
      turn = [];
      characters = 0;
    }
    turn.push(row);
    characters += row.document.length;
  }
  if (turn.length > 0) yield turn;
}

/** The numbers of runs, as many together as are dealt with at once. */
export function* turnsOf(sizes: readonly RunSize[]): Generator<number[]> {
  let turn: number[] = [];
  let bytes = 0;
  for (const size of sizes) {
    if (turn.length > 0 && bytes + size.bytes > turnCharacters) {
      yield turn;
      turn = [];
      bytes = 0;
    }
    turn.push(size.run);
    bytes += size.bytes;
  }
  if (turn.length > 0) yield turn;
}

/** An experiment without its runs, from its row. Throws DocumentError. */
export const readHead = (row: Omit<ExperimentRow, 'search' | 'holder'>): StoredHead =>
  orDocumentError(() => StoredRow.parse(row));

/** The recipe of an experiment's document. Throws DocumentError. */
export const readRecipe = (document: string): Recipe =>
  orDocumentError(() => StoredRow.in.shape.document.parse(document).recipe);

function orDocumentError<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw new DocumentError(error);
  }
}

/** The text that a search for experiments goes through: the title, and the messages and models of every arm. */
export function searchable(title: string | null, { request, arms = [] }: Recipe): string {
  const requests = [request, ...arms.map(({ set }) => set)];
  const parts = requests.flatMap(({ messages = [], model = '' }) => [...messages.map(({ content }) => content), model]);
  return foldCase([title ?? '', ...new Set(parts)].join('\n'));
}

/**
 * Text that compares equal whatever the case, and that both engines store unchanged: what they refuse becomes U+FFFD.
 * Upper case, because a letter's lower case may depend on the letters around it (Σ).
 */
export const foldCase = (text: string): string => harmless(text).toUpperCase().normalize('NFC');

/** Text with U+FFFD in place of NUL and lone surrogates, which engines refuse or mangle. */
export const harmless = (text: string): string => text.replaceAll('\0', '\ufffd').toWellFormed();
