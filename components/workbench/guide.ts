'use client';

import { useEffect, useRef } from 'react';
import type { View } from '@/lib/compare/results';
import type { Recipe } from '@/lib/recipe/recipe';
import type { Experiment } from '@/lib/run/fold';

/** A view to open, and the lens: at a token of a run (from 0), or where the runs part. */
export type Spotlight = { view?: View; lens?: { run: number; token: number } | 'fork' };

/**
 * What leads the workbench from beside it. Another `recipe` object is loaded into the form, another `look` is opened;
 * `onOver` is told each experiment that is over, with all of it on the screen.
 */
export type Guide = { recipe: Recipe; spotlight: Spotlight; onOver: (experiment: Experiment) => void };

type Led = {
  /** what is on the screen; null while there is more to come */
  over: Experiment | null;
  load: (recipe: Recipe) => void;
  spotlight: (spotlight: Spotlight) => void;
};

/** Follows a guide, if there is one. What it asks for at first is what the page was opened with. */
export function useGuide(guide: Guide | null, led: Led): void {
  const latest = useRef({ guide, led });
  useEffect(() => {
    latest.current = { guide, led };
  });
  const asked = useRef({ recipe: guide?.recipe, spotlight: guide?.spotlight });
  const { recipe, spotlight } = guide ?? {};
  useEffect(() => {
    if (recipe && recipe !== asked.current.recipe) latest.current.led.load(recipe);
    if (spotlight && spotlight !== asked.current.spotlight) latest.current.led.spotlight(spotlight);
    asked.current = { recipe, spotlight };
  }, [recipe, spotlight]);
  const { over } = led;
  useEffect(() => {
    if (over) latest.current.guide?.onOver(over);
  }, [over]);
}
