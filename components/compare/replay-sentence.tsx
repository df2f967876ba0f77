import { History } from 'lucide-react';
import { compareReplay } from '@/lib/compare/measure/replay';
import type { Experiment } from '@/lib/run/fold';
import type { SavedExperiment } from '@/lib/run/saved';
import { sayReplay } from '@/lib/words/replay';

/** Whether a repeat gave what is stored, in a sentence: what it was run for. */
export function ReplaySentence({ stored, now }: { stored: SavedExperiment; now: Experiment }) {
  return (
    <>
      <History aria-hidden size={20} className="shrink-0 text-dim sm:mt-1" />
      {sayReplay(compareReplay(stored, now)).sentence}
    </>
  );
}
