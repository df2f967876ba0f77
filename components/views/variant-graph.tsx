import { useState } from 'react';
import { ShowMore } from '@/components/ui/show-more';
import { VariantChip } from '@/components/ui/variant-chip';
import type { Alignment } from '@/lib/compare/align/alignment';
import type { Position } from '@/lib/compare/align/positions';
import { sayRuns } from '@/lib/compare/measure/verdict';
import { LongText, showing } from './long-text';
import { RunTracer, type Trace } from './run-tracer';

type VariantGraphProps = { alignment: Alignment; trace: Trace };

const segmentsAtOnce = 120;
const readingsAtOnce = 8;

/** All runs as one text: what they share written once, and where they differ, their readings one above another. */
export function VariantGraph({ alignment, trace }: VariantGraphProps) {
  const [shown, setShown] = useState(segmentsAtOnce);
  const { alignedTexts, segments } = alignment;
  return (
    <div className="flex flex-col items-start gap-3">
      <ul aria-label="Runs" className="flex flex-wrap gap-x-4 gap-y-1 text-[13px]">
        {alignedTexts.slice(0, readingsAtOnce).map(({ letter, runs }) => (
          <li key={letter} className="flex flex-wrap items-center gap-1">
            <VariantChip letter={letter} />
            <RunTracer runs={runs} trace={trace} />
          </li>
        ))}
        {alignedTexts.length > readingsAtOnce && (
          <li className="text-dim">and {alignedTexts.length - readingsAtOnce} more texts</li>
        )}
      </ul>
      <section
        aria-label="Texts rejoined"
        dir="auto"
        className="max-w-[60rem] whitespace-pre-wrap break-words text-base leading-loose"
      >
        {segments
          .slice(0, shown)
          .map((segment) =>
            segment.kind === 'shared' ? (
              <span key={`shared-${segment.from}`}>{segment.text}</span>
            ) : (
              <Readings key={`site-${segment.from}`} position={segment} run={trace.run} />
            ),
          )}
      </section>
      <ShowMore shown={shown} of={segments.length} step={segmentsAtOnce} noun="stretches" onMore={setShown} />
    </div>
  );
}

function Readings({ position, run }: { position: Position; run: number | null }) {
  const { word, variants } = position;
  const shown = showing(variants.map(({ text }) => text));
  const more = variants.length - readingsAtOnce;
  return (
    <ul
      aria-label={`Word ${word}, ${variants.length} readings`}
      className="mx-1.5 my-1 inline-flex max-w-[min(100%,28rem)] break-inside-avoid flex-col gap-px rounded-sm border-control border-x-2 px-1 align-middle text-sm leading-snug"
    >
      {variants.slice(0, readingsAtOnce).map(({ text, runs, letters }) => (
        <li
          key={letters[0]}
          data-traced={(run !== null && runs.includes(run)) || undefined}
          className="flex items-baseline justify-between gap-x-3 rounded-sm px-1 data-traced:bg-panel data-traced:outline-2 data-traced:outline-ink"
        >
          <span dir="auto" className="min-w-0 break-words font-medium">
            {text === null ? (
              <em className="font-normal">nothing</em>
            ) : (
              <LongText text={shown(text)} head={12} tail={6} />
            )}
          </span>
          <span className="max-w-36 shrink-0 text-[13px] text-dim tabular-nums">{sayRuns(runs)}</span>
        </li>
      ))}
      {more > 0 && (
        <li className="px-1 text-dim">
          and {more} more {more === 1 ? 'reading' : 'readings'}
        </li>
      )}
    </ul>
  );
}
