import { type RefObject, useEffect, useState } from 'react';

type ClampButtonProps = { noun: string; box: RefObject<HTMLElement | null>; whole: boolean; onPress: () => void };

/** Shows all of what a box holds, or again only what it has room for; nothing where that is the same. */
export function ClampButton({ noun, box, whole, onPress }: ClampButtonProps) {
  const [cut, setCut] = useState(false);
  useEffect(() => {
    const element = box.current;
    const content = element?.firstElementChild;
    if (!element || !content) return;
    // Both: the room changes with the window, the content with what is said.
    const observer = new ResizeObserver(() => setCut(element.scrollHeight > element.clientHeight + 1));
    observer.observe(element);
    observer.observe(content);
    return () => observer.disconnect();
  }, [box]);
  if (!cut && !whole) return null;
  const label = whole ? 'less' : 'more';
  return (
    <button
      type="button"
      aria-expanded={whole}
      aria-label={`${label} of ${noun}`}
      onClick={onPress}
      className="min-h-6 shrink-0 px-1 text-accent text-sm underline pointer-coarse:min-h-10 print:hidden"
    >
      {label}
    </button>
  );
}
