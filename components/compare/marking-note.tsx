import { Button } from '@/components/ui/button';
import type { Marking, SideBySide } from '@/lib/compare/side-by-side';

type MarkingNoteProps = { marked: SideBySide['marked']; places: number; onMark: (marking: Marking) => void };

/** Says that texts that share little are marked by what they share, and lets the reader undo that. */
export function MarkingNote({ marked, places, onMark }: MarkingNoteProps) {
  const shared = marked === 'shared';
  return (
    <p role="note" className="flex flex-wrap items-center gap-x-3 gap-y-1 text-sm">
      These texts have less than half in common
      {shared ? ', so what they share is marked' : ': most of them is marked'}
      {shared && places === 0 ? ', but there is no phrase of four words.' : '.'}
      <Button variant="quiet" className="print:hidden" onClick={() => onMark(shared ? 'differences' : 'shared')}>
        {shared ? 'Mark differences instead' : 'Mark what they share instead'}
      </Button>
    </p>
  );
}
