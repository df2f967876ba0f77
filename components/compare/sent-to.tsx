import { useMemo } from 'react';
import { useSession } from '@/components/session/session-context';
import { groupDestinations } from '@/lib/compare/measure/destinations';
import { answeringOneAtATime } from '@/lib/compare/measure/one-at-a-time';
import { ownKeyUse } from '@/lib/compare/measure/own-keys';
import { experimentOf, headOf, isRunning } from '@/lib/session/select';
import { sayOneAtATime, sayOwnKeyUse, saySentTo } from '@/lib/words/destinations';
import { sentences } from '@/lib/words/english';

/** The address that the runs were sent to, as it was recorded when they were, with whose key, and whether it answered them one at a time. */
export function SentTo() {
  const { runs } = useSession(experimentOf);
  const imported = useSession((session) => headOf(session)?.origin === 'import');
  const going = useSession(isRunning);
  const said = useMemo(
    () =>
      sentences(
        saySentTo(groupDestinations(runs), imported),
        sayOwnKeyUse(ownKeyUse(runs)),
        imported || going ? '' : sayOneAtATime(answeringOneAtATime(runs)),
      ),
    [runs, imported, going],
  );
  return said !== '' && <p className="break-words text-dim text-fine">{said}</p>;
}
