import { type ReactNode, useRef, useState } from 'react';
import { later } from './later';

const ClampButton = later(() => import('./clamp-button').then((button) => button.ClampButton));

type ClampedProps = {
  /** what the button shows more of, amid a sentence */
  noun: string;
  /** the most height that it has before the button is pressed */
  height: string;
  children: ReactNode;
};

/** What may be longer than there is room for: as many lines of it as fit, and a button for all of it where that is more. */
export function Clamped({ noun, height, children }: ClampedProps) {
  const box = useRef<HTMLDivElement>(null);
  const [whole, setWhole] = useState(false);
  return (
    <div className="flex min-w-0 items-end gap-x-1 max-sm:basis-full">
      <div ref={box} className={`min-w-0 ${whole ? '' : `cut-off ${height}`}`}>
        {children}
      </div>
      <ClampButton noun={noun} box={box} whole={whole} onPress={() => setWhole(!whole)} />
    </div>
  );
}
