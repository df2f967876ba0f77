import { useEffect, useState } from 'react';
import { stepOn } from './in-steps';

/** What one task may draw of a list, in the unit of its weights. */
const atOnce = 20;

/** How many items of a list are drawn: a few at first, and a few more with each frame, so that no task is a long one. */
export function useInSteps(weights: readonly number[]): number {
  const [drawn, setDrawn] = useState(() => stepOn(weights, 0, atOnce));
  useEffect(() => {
    if (drawn >= weights.length) return;
    const frame = requestAnimationFrame(() => setDrawn(stepOn(weights, drawn, atOnce)));
    return () => cancelAnimationFrame(frame);
  }, [weights, drawn]);
  return Math.min(drawn, weights.length);
}
