import { History } from 'lucide-react';
import type { Replay } from '@/lib/compare/measure/replay';
import { sayReplay } from '@/lib/words/replay';

/** Whether a repeat gave what is stored, in a sentence: what it was run for. */
export function ReplaySentence({ replay }: { replay: Replay }) {
  return (
    <>
      <History aria-hidden size={20} className="shrink-0 text-dim sm:mt-1" />
      {sayReplay(replay).sentence}
    </>
  );
}
