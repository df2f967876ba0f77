'use client';

import { useState } from 'react';
import { type HeadChoice, headLook } from '@/lib/lens/inside';
import type { Source } from '@/lib/lens/source';
import { Attention } from './attention';
import { GuessByLayer } from './guess-by-layer';
import type { LensLine } from './lens-line';
import { useInside } from './use-lens';

type InsideProps = { line: LensLine; source: Source; at: number };

/** What happened inside the network at a choice: what its heads looked at, and how its guess grew. */
export function Inside({ line, source, at }: InsideProps) {
  const inside = useInside(line, source, at);
  const [choice, setChoice] = useState<HeadChoice>({ layer: null, head: null });
  if (inside === undefined) return <p className="min-h-24 text-dim text-sm">Looking inside.</p>;
  if (!inside) return null;
  return (
    <section aria-label="Inside the network" className="flex flex-col gap-4 border-hairline border-t pt-3">
      <Attention inside={inside} choice={choice} onChoose={setChoice} look={headLook(inside, choice)} />
      <GuessByLayer inside={inside} />
    </section>
  );
}
