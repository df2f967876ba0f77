import { useDispatch } from '@/components/session/session-context';
import { Button } from '@/components/ui/button';
import { Note } from '@/components/ui/note';
import type { SideBySide } from '@/lib/compare/side-by-side';

/** Says that texts that share little are marked by what they share, and lets the reader undo that. */
export function MarkingNote({ view: { marked, places } }: { view: Pick<SideBySide, 'marked' | 'places'> }) {
  const dispatch = useDispatch();
  const shared = marked === 'shared';
  const mark = () => dispatch({ kind: 'view-changed', part: { marking: shared ? 'differences' : 'shared' } });
  return (
    <Note
      label="Why these marks?"
      title={shared ? 'What they share is marked' : 'Differences are marked'}
      className="min-h-8 shrink-0 text-accent text-sm underline pointer-coarse:min-h-11 print:hidden"
    >
      <p>
        These texts have less than half in common
        {shared ? ', so what they share is marked' : ': most of them is marked'}
        {shared && places.length === 0 ? ', but there is no phrase of four words.' : '.'}
      </p>
      <Button className="mt-2" onClick={mark}>
        {shared ? 'Mark differences instead' : 'Mark what they share instead'}
      </Button>
    </Note>
  );
}
