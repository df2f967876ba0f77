import { type RefObject, useEffect, useEffectEvent } from 'react';
import { plainKey } from '@/components/ui/roving-focus';
import type { RunRecord } from '@/lib/run/record';
import { useOpenLens } from './use-open-lens';

/** Whether the press that may be the first of two has opened the lens. The columns give way to it: under the second is another word. */
let openedAtMark = false;

type LensFromTextProps = { box: RefObject<HTMLElement | null>; record: RunRecord };

/** Opens the lens from a run's text: at a marked word that is pressed, any word pressed twice, or by `l` where the runs part. */
export function LensFromText({ box, record }: LensFromTextProps): null {
  const openLens = useOpenLens(record);
  const press = useEffectEvent((event: KeyboardEvent) => {
    if (plainKey(event) !== 'l' || !openLens) return;
    event.preventDefault();
    openLens();
  });
  const point = useEffectEvent(({ clientX, clientY }: MouseEvent) => {
    if (box.current && !openedAtMark) openLens?.(offsetAt(box.current, clientX, clientY));
  });
  const pointAtMark = useEffectEvent(({ target, detail }: MouseEvent) => {
    if (detail > 1) return;
    const mark = target instanceof Element ? target.closest<HTMLElement>('mark[data-at]') : null;
    // Whoever has selected words wants to copy them.
    openedAtMark = mark !== null && openLens !== null && window.getSelection()?.isCollapsed === true;
    if (mark && openedAtMark) openLens?.(Number(mark.dataset.at));
  });
  useEffect(() => {
    const text = box.current;
    text?.addEventListener('keydown', press);
    text?.addEventListener('click', pointAtMark);
    text?.addEventListener('dblclick', point);
    return () => {
      text?.removeEventListener('keydown', press);
      text?.removeEventListener('click', pointAtMark);
      text?.removeEventListener('dblclick', point);
    };
  }, [box]);
  return null;
}

/** The offset in the run's text under a point. */
function offsetAt(box: HTMLElement, x: number, y: number): number {
  const caret = document.caretPositionFromPoint(x, y);
  const stretch = caret?.offsetNode.parentElement?.closest<HTMLElement>('[data-at]');
  if (!caret || !stretch || !box.contains(stretch)) return 0;
  const range = new Range();
  range.setStart(stretch, 0);
  range.setEnd(caret.offsetNode, caret.offset);
  return Number(stretch.dataset.at) + range.toString().length;
}
