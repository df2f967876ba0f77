import { useEffect, useRef, useState } from 'react';
import { Button } from './button';

type ShowMoreProps = {
  shown: number;
  of: number;
  /** how many more one press shows */
  step: number;
  /** what they are: "branches" */
  noun: string;
  onMore: (shown: number) => void;
};

/** "Show 12 more of 40 branches". When the last of them are shown the button goes, and the focus stays in its place. */
export function ShowMore({ shown, of, step, noun, onMore }: ShowMoreProps) {
  /** whether a press has shown the last of them */
  const [ended, setEnded] = useState(false);
  const end = useRef<HTMLParagraphElement>(null);
  const next = Math.min(step, of - shown);
  useEffect(() => {
    if (ended) end.current?.focus();
  }, [ended]);
  if (next <= 0)
    return ended ? (
      <p ref={end} tabIndex={-1} className="text-fine text-dim print:hidden">
        All {of} {noun} are shown.
      </p>
    ) : null;
  function showMore() {
    setEnded(shown + next === of);
    onMore(shown + next);
  }
  return (
    <>
      <Button className="print:hidden" onClick={showMore}>
        Show {next} {shown > 0 && 'more '}of {of} {noun}
      </Button>
      <p className="hidden text-fine text-dim print:block">
        {shown} of {of} {noun} are shown.
      </p>
    </>
  );
}
