import { memo } from 'react';
import { useSession } from '@/components/session/session-context';
import { experimentOf, parentOf } from '@/lib/session/select';
import { ReplayText } from './replay-text';

const Remembered = memo(ReplayText);

/** What the experiment on the screen shows of the one that it repeats. */
export function ReplayPanel() {
  const stored = useSession(parentOf);
  const now = useSession(experimentOf);
  return stored && <Remembered stored={stored} now={now} />;
}
