import { useDispatch } from '@/components/session/session-context';
import { Button } from '@/components/ui/button';
import type { SideBySide } from '@/lib/compare/side-by-side';

/** Says that texts that share little are marked by what they share, and lets the reader undo that. */
export function MarkingNote({ view: { marked, places } }: { view: Pick<SideBySide, 'marked' | 'places'> }) {
  const dispatch = useDispatch();
  const shared = marked === 'shared';
  const mark = () => dispatch({ kind: 'view-changed', part: { marking: shared ? 'differences' : 'shared' } });
  return (
    <span role="note" className="flex min-w-0 flex-wrap items-center gap-x-1">
      These texts have less than half in common
      {shared ? ', so what they share is marked' : ': most of them is marked'}
      {shared && places.length === 0 ? ', but there is no phrase of four words.' : '.'}
      <Button variant="quiet" className="underline underline-offset-2 print:hidden" onClick={mark}>
        {shared ? 'Mark differences instead' : 'Mark what they share instead'}
      </Button>
    </span>
  );
}
