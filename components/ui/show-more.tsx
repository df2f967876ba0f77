import { useEffect, useRef, useState } from 'react';
import { Button } from './button';

type ShowMoreProps = {
  shown: number;
  of: number;
  /** how many come with a press */
  step: number;
  /** what they are: "branches" */
  noun: string;
  onMore: (shown: number) => void;
};

/** "Show 12 more of 40 branches". With the last of them the button goes, and the keyboard stays where it was. */
export function ShowMore({ shown, of, step, noun, onMore }: ShowMoreProps) {
  /** whether the last of them have been asked for */
  const [ended, setEnded] = useState(false);
  const end = useRef<HTMLParagraphElement>(null);
  const next = Math.min(step, of - shown);
  useEffect(() => {
    if (ended) end.current?.focus();
  }, [ended]);
  if (next <= 0)
    return ended ? (
      <p ref={end} tabIndex={-1} className="text-[13px] text-dim print:hidden">
        All {of} {noun} are shown.
      </p>
    ) : null;
  const press = () => {
    setEnded(shown + next === of);
    onMore(shown + next);
  };
  return (
    <>
      <Button className="print:hidden" onClick={press}>
        Show {next} {shown > 0 && 'more '}of {of} {noun}
      </Button>
      <p className="hidden text-[13px] text-dim print:block">
        {shown} of {of} {noun} are shown.
      </p>
    </>
  );
}
