import { armProvider } from '@/lib/recipe/plan';
import { isOver, type RunRecord } from '@/lib/run/record';
import { fillIn, type SavedExperiment } from '@/lib/run/saved';
import { readRun } from '@/lib/store/documents';

/**
 * An experiment as it is handed to a worker: its runs as the store has them, unread, or as they are while it runs here. To read
 * megabytes takes longer than the process may be held up.
 */
export type Unread = {
  saved: Omit<SavedExperiment, 'runs'>;
  /** its runs, while it runs here */
  live: readonly RunRecord[] | null;
  /** the documents of its runs that are over, in UTF-8 */
  documents: readonly Uint8Array<ArrayBuffer>[];
  /** the providers that are inside this server */
  inside: readonly string[];
};

/** What of the arguments of a task need not be copied to be handed over. */
export const movedIn = (given: readonly unknown[]): ArrayBuffer[] =>
  given.flatMap((each) => {
    if (Array.isArray(each)) return movedIn(each);
    return isUnread(each) ? each.documents.map(({ buffer }) => buffer) : [];
  });

const isUnread = (value: unknown): value is Unread =>
  typeof value === 'object' && value !== null && 'saved' in value && 'documents' in value;

/** An experiment with what was sent for each run. Throws StoreError. */
export function readWhole({ saved, live, documents, inside }: Unread): SavedExperiment {
  const utf8 = new TextDecoder();
  const { recipe, origin } = saved;
  const runs =
    live ??
    fillIn(
      recipe,
      documents.map((document) => readRun(utf8.decode(document))),
    );
  if (origin === 'import') return { ...saved, runs: [...runs] };
  // Of runs that were kept before addresses were: a provider inside this server has never been anywhere else. Event streams give
  // them as they were kept.
  const sentTo = (run: RunRecord): RunRecord =>
    run.status === 'queued' || !inside.includes(armProvider(recipe, run.arm))
      ? run
      : { ...run, endpoint: run.endpoint ?? null };
  return { ...saved, runs: runs.map(sentTo) };
}

/**
 * An experiment as it is shown. What was sent for each run is left out: a page with a thousand runs would be half as heavy again.
 * Throws StoreError.
 */
export function readShown(unread: Unread): SavedExperiment {
  const saved = readWhole(unread);
  return { ...saved, runs: saved.runs.map(withoutExchange) };
}

/** A run as it is shown and streamed. */
function withoutExchange(record: RunRecord): RunRecord {
  if (!isOver(record)) return record;
  const { exchange: _, ...shown } = record;
  return shown;
}
