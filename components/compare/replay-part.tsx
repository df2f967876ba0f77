import { memo } from 'react';
import { useSession } from '@/components/session/session-context';
import { experimentOf, parentOf } from '@/lib/session/select';
import { ReplaySentence } from './replay-sentence';
import { ReplayText } from './replay-text';

const parts = { sentence: memo(ReplaySentence), text: memo(ReplayText) };

/** What the experiment on the screen shows of the one that it repeats: the sentence, or what there is besides. */
export function ReplayPart({ part }: { part: keyof typeof parts }) {
  const stored = useSession(parentOf);
  const now = useSession(experimentOf);
  const Part = parts[part];
  return stored && <Part stored={stored} now={now} />;
}
