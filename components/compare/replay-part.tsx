import { useSession } from '@/components/session/session-context';
import { compareReplay } from '@/lib/compare/measure/replay';
import { remember } from '@/lib/session/remember';
import { experimentOf, parentOf } from '@/lib/session/select';
import { partsOf, type ReplayParts } from './replay-parts';

/** The two parts show one comparison, which is worked out once for both. */
const compareOnce = remember(compareReplay);

/** What the experiment on the screen shows of the one that it repeats: the sentence, or what there is besides. */
export function ReplayPart({ part }: { part: keyof ReplayParts }) {
  const stored = useSession(parentOf);
  const now = useSession(experimentOf);
  return stored && partsOf(stored, compareOnce(stored, now))[part];
}
