import { useState } from 'react';
import { ShowMore } from '@/components/ui/show-more';
import { VariantChip } from '@/components/ui/variant-chip';
import type { Alignment } from '@/lib/compare/align/alignment';
import type { Position } from '@/lib/compare/align/positions';
import { counted } from '@/lib/words/english';
import { sayRuns } from '@/lib/words/runs';
import { displayOf, LongText } from './long-text';
import { RunTracer, useIsTraced } from './run-tracer';

const segmentsAtOnce = 120;
const variantsAtOnce = 8;

/** All runs as one text: what they share written once, and where they differ, their variants one above another. */
export function VariantGraph({ alignment }: { alignment: Alignment }) {
  const [shown, setShown] = useState(segmentsAtOnce);
  const { alignedTexts, segments } = alignment;
  return (
    <div className="flex flex-col items-start gap-3">
      <ul aria-label="Runs" className="flex flex-wrap gap-x-4 gap-y-1 text-fine">
        {alignedTexts.slice(0, variantsAtOnce).map(({ letter, runs }) => (
          <li key={letter} className="flex flex-wrap items-center gap-1">
            <VariantChip letter={letter} />
            <RunTracer runs={runs} />
          </li>
        ))}
        {alignedTexts.length > variantsAtOnce && (
          <li className="text-dim">and {alignedTexts.length - variantsAtOnce} more texts</li>
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
              <span key={segment.at}>{segment.text}</span>
            ) : (
              <PositionVariants key={segment.at} position={segment} />
            ),
          )}
      </section>
      <ShowMore shown={shown} of={segments.length} step={segmentsAtOnce} noun="stretches" onMore={setShown} />
    </div>
  );
}

/** What the texts say in one place, one above another. */
function PositionVariants({ position: { word, variants } }: { position: Position }) {
  const isTraced = useIsTraced();
  const display = displayOf(variants.map(({ text }) => text));
  const more = variants.length - variantsAtOnce;
  return (
    <ul
      aria-label={`Word ${word}, ${variants.length} readings`}
      className="mx-1.5 my-1 inline-flex max-w-[min(100%,28rem)] break-inside-avoid flex-col gap-px rounded-sm border-control border-x-2 px-1 align-middle text-sm leading-snug"
    >
      {variants.slice(0, variantsAtOnce).map(({ text, runs, letters }) => (
        <li
          key={letters[0]}
          data-traced={isTraced(runs) || undefined}
          className="flex items-baseline justify-between gap-x-3 rounded-sm px-1 data-traced:bg-panel data-traced:outline-2 data-traced:outline-ink"
        >
          <span dir="auto" className="min-w-0 break-words font-medium">
            {text === null ? (
              <em className="font-normal">nothing</em>
            ) : (
              <LongText text={display(text)} head={12} tail={6} />
            )}
          </span>
          <span className="max-w-36 shrink-0 text-fine text-dim tabular-nums">{sayRuns(runs)}</span>
        </li>
      ))}
      {more > 0 && <li className="px-1 text-dim">and {counted(more, 'more reading')}</li>}
    </ul>
  );
}
