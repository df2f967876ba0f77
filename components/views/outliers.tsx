import { VariantChip } from '@/components/ui/variant-chip';
import type { Alignment } from '@/lib/compare/align/alignment';
import { sayApart, sayOutlier } from '@/lib/words/alignment';
import { sayRuns } from '@/lib/words/runs';
import { LongText } from './long-text';

/** The texts that are unlike the others, each whole: in a table with the others they would differ at every place. */
export function Outliers({ alignment: { base, outliers } }: { alignment: Alignment }) {
  if (!base || outliers.length === 0) return null;
  return (
    <section aria-label="Texts unlike the others" className="flex w-full max-w-[60rem] flex-col gap-3">
      <h3 className="border-control border-t pt-2 font-semibold text-sm">{sayApart(outliers.length)}</h3>
      {outliers.map((outlier) => (
        <div key={outlier.letter} className="flex flex-col gap-1 text-sm">
          <p className="flex flex-wrap items-center gap-x-2">
            <VariantChip letter={outlier.letter} />
            <span className="text-dim">
              ({sayRuns(outlier.runs)}) {sayOutlier(outlier, base.letter)}
            </span>
          </p>
          <div dir="auto" className="whitespace-pre-wrap break-words border-hairline border-s-2 ps-3">
            {outlier.text === '' ? <em>No text</em> : <LongText text={outlier.text} head={40} tail={0} />}
          </div>
        </div>
      ))}
    </section>
  );
}
