import { useDispatch, useSession } from '@/components/session/session-context';
import type { RunRecord } from '@/lib/run/record';
import { isRunning } from '@/lib/session/select';
import { useColumns } from './columns-context';

/**
 * Opens the lens on a run: at an offset in its text (UTF-16 units), by default where the runs part, if this one gets that
 * far. Null while runs go on.
 */
export function useOpenLens({ run, text }: RunRecord): ((offset?: number) => void) | null {
  const dispatch = useDispatch();
  const { fork } = useColumns();
  const running = useSession(isRunning);
  const parting = fork && fork.offset < text.length ? fork.offset : 0;
  return running ? null : (offset = parting) => dispatch({ kind: 'lens-opened', place: { run, offset } });
}
