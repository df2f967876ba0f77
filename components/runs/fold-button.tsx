import { Button } from '@/components/ui/button';
import type { Card } from '@/lib/compare/cards';
import { sayRuns } from '@/lib/words/runs';
import { useColumns } from './columns-context';

/** Lays a card out as columns, and folds them again. */
export function FoldButton({ card }: { card: Card }) {
  const { isApart, fold, unfold } = useColumns();
  const apart = isApart(card);
  return (
    <Button
      variant="quiet"
      onClick={() => (apart ? fold(card) : unfold(card))}
      aria-label={`${apart ? 'Fold' : 'Unfold'} ${sayRuns(card.runs)}`}
      className="px-1.5 text-accent"
    >
      {apart ? 'Fold' : 'Unfold'}
    </Button>
  );
}
