import { LoneLink } from '@/components/ui/lone-link';
import { pages } from '@/lib/api/addresses';
import { measurement } from '@/lib/gallery/batch-rounding';
import { BatchStrip } from './batch-strip';

/** The measurements of a real GPU, as a card across the whole page. */
export function BatchRoundingCard() {
  const title = 'What a real GPU does';
  const parting = measurement.rows.filter(({ results }) => results > 1);
  const most = Math.max(...parting.map(({ results }) => results));
  return (
    <section aria-label="Measured on hardware" className="flex flex-col gap-3">
      <h2 className="font-semibold text-lg">Measured on hardware</h2>
      <div className="grid overflow-hidden rounded-lg border border-hairline md:grid-cols-[3fr_2fr]">
        <div
          role="img"
          aria-label={`${parting.length} products as lines from batch size 1 to 256: the colour changes where another result came.`}
          className="flex flex-col justify-center gap-1 border-hairline bg-panel p-6 max-md:border-b md:border-e"
        >
          {parting.map((product) => (
            <div key={`${product.dtype} ${product.K} ${product.N}`} className="h-2">
              <BatchStrip product={product} lettered={false} />
            </div>
          ))}
        </div>
        <div className="flex flex-col justify-center gap-1 px-4 py-4 md:px-6">
          <h3 className="font-semibold">
            <LoneLink href={pages.batchRounding} className="hover:underline">
              {title}
            </LoneLink>
          </h3>
          <p className="text-dim text-sm">
            An {measurement.gpu} multiplied one row of numbers by one matrix, alone and in batches of up to 256 rows. In{' '}
            {parting.length} of {measurement.rows.length} cases the batch size changed the last bits, to as many as{' '}
            {most} different results.
          </p>
          <p className="text-sm">
            <a
              href={pages.batchRounding}
              aria-label={`Look at it: ${title}`}
              className="inline-block py-1.5 text-accent underline"
            >
              Look at it
            </a>
          </p>
        </div>
      </div>
    </section>
  );
}
