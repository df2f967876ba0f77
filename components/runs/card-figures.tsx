import { useSession } from '@/components/session/session-context';
import type { Card } from '@/lib/compare/cards';
import { fingerprints } from '@/lib/session/select';
import { sayDiffering, sayFigure } from '@/lib/words/figures';
import { Figures } from './figures';

/** What the runs of a card share, and in what they differ; but for a fingerprint that all have. */
export function CardFigures({ card: { shared, differing } }: { card: Card }) {
  const found = useSession(fingerprints);
  const named = 'all' in found ? found.all : [];
  return (
    <>
      <Figures figures={shared.filter(({ kind }) => kind !== 'fingerprint').map(sayFigure)} />
      {differing.length > 0 && (
        <div className="flex basis-full flex-wrap gap-x-3">
          <span className="text-dim">They differ in</span>
          <Figures figures={differing.map((each) => sayDiffering(each, named))} />
        </div>
      )}
    </>
  );
}
