import { useSession } from '@/components/session/session-context';
import type { SavedHead } from '@/lib/run/saved';
import { headOf } from '@/lib/session/select';
import { sentences } from '@/lib/words/english';
import { sayOrigin } from '@/lib/words/origin';
import { sayMinute } from '@/lib/words/time';

/** What is stored of it, in a sentence. */
export function SavedLine() {
  const head = useSession(headOf);
  const running = useSession(({ on }) => on.experiment.running);
  return head && <p className="min-w-0 break-words text-dim text-fine">{sayState(head, running)}</p>;
}

function sayState({ createdAt, sharedAt, own, origin, deletedAfter }: SavedHead, running: boolean): string {
  const made = sentences(sayOrigin(origin), `Saved, ${sayMinute(createdAt)}.`);
  if (running) return 'Being saved as it runs.';
  if (!own) return `${made} Read-only: changes make a copy.`;
  const day = deletedAfter?.slice(0, 10);
  if (sharedAt) return `${made} Public to whoever has the link${day ? `, and deleted after ${day}` : ''}.`;
  return `${made} Private to this browser${day ? `; if it stays so, it is deleted after ${day}` : ''}.`;
}
