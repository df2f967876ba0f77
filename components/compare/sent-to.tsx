import { useMemo } from 'react';
import { useSession } from '@/components/session/session-context';
import { groupDestinations } from '@/lib/compare/measure/destinations';
import { experimentOf, headOf } from '@/lib/session/select';
import { saySentTo } from '@/lib/words/destinations';

/** The address that the runs were sent to, as it was recorded when they were. */
export function SentTo() {
  const { runs } = useSession(experimentOf);
  const imported = useSession((session) => headOf(session)?.origin === 'import');
  const said = useMemo(() => saySentTo(groupDestinations(runs), imported), [runs, imported]);
  return said !== '' && <p className="break-words text-dim text-fine">{said}</p>;
}
