import { Braces } from 'lucide-react';
import { useState } from 'react';
import { useSession } from '@/components/session/session-context';
import { Button } from '@/components/ui/button';
import { later } from '@/components/ui/later';
import { isOver, type RunRecord } from '@/lib/run/record';
import { headOf } from '@/lib/session/select';

const RequestDialog = later(() => import('./request-dialog').then((dialog) => dialog.RequestDialog));

/** Opens what was really sent for a run. It is known of those that are stored and over. */
export function RequestButton({ record }: { record: RunRecord }) {
  const [open, setOpen] = useState(false);
  const id = useSession((session) => headOf(session)?.id ?? null);
  if (id === null || !isOver(record)) return null;
  return (
    <>
      <Button
        variant="quiet"
        onClick={() => setOpen(true)}
        aria-label={`Request of run ${record.run}`}
        aria-haspopup="dialog"
        title="What was really sent, and what came back"
        className="px-1.5"
      >
        <Braces aria-hidden size={16} />
      </Button>
      {open && <RequestDialog id={id} run={record.run} onClose={() => setOpen(false)} />}
    </>
  );
}
