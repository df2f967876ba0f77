import { type RefObject, useLayoutEffect, useMemo, useState } from 'react';
import type { Card } from '@/lib/compare/cards';

/** Which cards are laid out as columns: all of them, or those of these runs. */
type Apart = 'all' | readonly string[];

/**
 * Which cards the reader has unfolded. While runs go on, all columns stay apart. When the last has ended they fold, but
 * not under the reader's hands: whoever has the focus or a selection in them, or has scrolled along them, folds them by a press.
 */
export function useApart(running: boolean, cards: readonly Card[], scroller: RefObject<HTMLElement | null>) {
  const [apart, setApart] = useState<Apart>(running ? 'all' : []);
  if (running && apart !== 'all') setApart('all');
  // Before the browser draws: what is shown below the columns once they are whole would be moved.
  useLayoutEffect(() => {
    if (apart === 'all' && !running && cards.length > 0 && !isInHand(scroller.current)) setApart([]);
  }, [apart, running, cards, scroller]);
  const cardsApart = useMemo(
    () => new Set(apart === 'all' ? cards : cards.filter((card) => apart.includes(runsOf(card)))),
    [apart, cards],
  );
  return {
    isApart: (card: Card) => cardsApart.has(card),
    unfold: (card: Card) => setApart((now) => (now === 'all' ? now : [...now, runsOf(card)])),
    fold: (card: Card) => setApart((now) => (now === 'all' ? [] : now.filter((each) => each !== runsOf(card)))),
  };
}

const runsOf = ({ runs }: Card): string => runs.join(' ');

function isInHand(columns: HTMLElement | null): boolean {
  if (!columns) return false;
  const selection = document.getSelection();
  const selected = selection !== null && !selection.isCollapsed && columns.contains(selection.anchorNode);
  return columns.contains(document.activeElement) || selected || columns.scrollLeft > 0;
}
