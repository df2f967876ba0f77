import { RotateCcw, ScanSearch, Square } from 'lucide-react';
import { useDispatch, useSession } from '@/components/session/session-context';
import { Button } from '@/components/ui/button';
import { CopyButton } from '@/components/ui/copy-button';
import { isOver, isWorthRetrying, type RunRecord } from '@/lib/run/record';
import { isMine } from '@/lib/session/select';
import { RequestButton } from './request-button';
import { useOpenLens } from './use-open-lens';

/** What can be done with one run. Only its owner can stop or repeat it. */
export function RunActions({ record, open }: { record: RunRecord; open: boolean }) {
  const dispatch = useDispatch();
  const openLens = useOpenLens(record);
  const { run } = record;
  const own = useSession((session) => isMine(session) && session.playback === null);
  return (
    <>
      {openLens && isOver(record) && record.text !== '' && (
        <Button
          variant="quiet"
          onClick={() => openLens()}
          aria-label={`Lens on run ${run}`}
          title="How each token was chosen"
          className="px-1.5"
        >
          <ScanSearch aria-hidden size={16} />
        </Button>
      )}
      <RequestButton record={record} />
      <CopyButton text={record.text} label={`Copy text of run ${run}`} iconOnly />
      {open && own && (
        <Button
          variant="quiet"
          onClick={() => dispatch({ kind: 'stop-run-asked', run })}
          aria-label={`Stop run ${run}`}
          title="Stop"
        >
          <Square aria-hidden size={14} />
        </Button>
      )}
      {isWorthRetrying(record) && !open && own && (
        <Button variant="quiet" onClick={() => dispatch({ kind: 'retry-asked', run })} aria-label={`Retry run ${run}`}>
          <RotateCcw aria-hidden size={14} /> Retry
        </Button>
      )}
    </>
  );
}
