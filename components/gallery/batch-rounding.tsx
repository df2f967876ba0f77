import { LoneLink } from '@/components/ui/lone-link';
import { ScrollRegion } from '@/components/ui/scroll-region';
import { pages } from '@/lib/api/addresses';
import { measurement, type Product, stretchesOf } from '@/lib/gallery/batch-rounding';
import { lessons } from '@/lib/lessons/lessons';
import { whenTheServerMoves } from '@/lib/lessons/when-the-server-moves';
import { counted } from '@/lib/words/english';
import { sayNumber } from '@/lib/words/numbers';
import { BatchStrip, placeOf, sayResults } from './batch-strip';

const { rows, gpu, torch, cuda } = measurement;
const byFormat = [...Map.groupBy(rows, ({ dtype }) => dtype)];
const nameOf = ({ K, N }: Product): string => `${sayNumber(K)} × ${sayNumber(N)}`;

/** Which result one product took at each batch size on a real GPU: as pictures, and as a table. */
export function BatchRounding() {
  const parting = rows.filter(({ results }) => results > 1).length;
  const lesson = lessons.indexOf(whenTheServerMoves) + 1;
  return (
    <>
      <header className="flex max-w-3xl flex-col gap-2">
        <p className="text-dim text-sm print:hidden">
          <LoneLink href={pages.explore}>Explore</LoneLink>
        </p>
        <h1 className="font-semibold text-2xl">What a real GPU does</h1>
        <p>
          One row of numbers times one matrix, on an {gpu}: first alone, then in a batch with 1 to 255 other rows. The
          row is the same each time, and so is the matrix. In {parting} of {rows.length} cases its product was not: the
          last bits changed with the size of the batch.
        </p>
        <p>
          At one batch size, repeated 200 times, the bits were the same each time, in all {rows.length} cases. So this
          is not chance: all that differs is how many rows are computed together.
        </p>
        <p>
          On a shared server that number depends on who else is asking.{' '}
          <a href={pages.lesson(whenTheServerMoves.slug)} className="text-accent underline">
            Lesson {lesson}, {whenTheServerMoves.title}
          </a>
          , shows how a difference of this kind can change a word.
        </p>
      </header>
      <p className="max-w-3xl text-dim text-sm">
        Each line is one product. From left to right the batch grows from 1 to 256 rows, and each doubling is equally
        wide. A letter and a colour stand for one result, bit for bit; A came at the most batch sizes, and a dot stands
        for results beyond the eight most frequent. Stripes are sizes of two results, where the measurement does not say
        which had which. Letters and colours mean nothing from one line to another.
      </p>
      {byFormat.map(([format, products]) => (
        <FormatPicture key={format} format={format} products={products} />
      ))}
      <SizesTable />
      <p className="max-w-3xl text-dim text-sm">
        Measured for this project on 27 November 2026, on one machine: {gpu}, PyTorch {torch}, CUDA {cuda},{' '}
        <code>torch.nn.functional.linear</code>, seed 1. Outputs have a standard deviation of about 1. Other hardware
        and other versions may round in other ways.
      </p>
    </>
  );
}

const ticks = [1, 2, 4, 8, 16, 32, 64, 128];

type FormatPictureProps = { format: string; products: readonly Product[] };

/** The products in one number format, a line each. Readers have the table. */
function FormatPicture({ format, products }: FormatPictureProps) {
  const parting = products.filter(({ results }) => results > 1).length;
  return (
    <section aria-label={format} className="flex flex-col gap-2">
      <h2 className="font-semibold text-lg">
        {format}{' '}
        <span className="font-normal text-dim text-sm">
          {parting} of {products.length} products depend on the batch size
        </span>
      </h2>
      <div aria-hidden className="flex flex-col gap-1 rounded-lg border border-hairline bg-panel p-3 sm:p-4">
        {products.map((product) => (
          <div key={nameOf(product)} className="grid items-center gap-x-3 sm:grid-cols-[8rem_1fr_5.5rem]">
            <span className="font-mono text-fine">{nameOf(product)}</span>
            <div className="h-5 max-sm:order-last max-sm:col-span-full max-sm:mb-2">
              <BatchStrip product={product} lettered />
            </div>
            <span className="text-dim text-fine tabular-nums max-sm:hidden">{counted(product.results, 'result')}</span>
          </div>
        ))}
        <div className="grid gap-x-3 text-dim text-fine tabular-nums sm:grid-cols-[8rem_1fr_5.5rem]">
          <span className="max-sm:hidden">rows in a batch</span>
          <div className="relative h-5">
            {ticks.map((size) => (
              <span key={size} style={{ left: `${placeOf(size)}%` }} className="absolute">
                {size}
              </span>
            ))}
            <span className="absolute end-0 max-sm:hidden">256</span>
          </div>
        </div>
      </div>
    </section>
  );
}

/** The same, to be read. */
function SizesTable() {
  return (
    <details className="max-w-full">
      <summary className="w-fit rounded py-1.5 font-semibold">As a table</summary>
      <ScrollRegion label="Results by batch size" className="mt-2 overflow-x-auto">
        <table className="w-full text-sm">
          <caption className="sr-only">Results by batch size</caption>
          <thead>
            <tr className="text-left text-dim">
              {['Format', 'Product', 'Results', 'Largest difference', 'Result at each batch size'].map((name) => (
                <th key={name} scope="col" className="py-1 pe-6 align-bottom font-normal">
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((product) => (
              <SizesRow key={`${product.dtype} ${nameOf(product)}`} product={product} />
            ))}
          </tbody>
        </table>
      </ScrollRegion>
      <p className="mt-2 max-w-3xl text-dim text-sm">
        The largest difference is that of one output number from its value in a batch of one. “Others” are results
        beyond the eight most frequent, which the measurement does not list.
      </p>
    </details>
  );
}

function SizesRow({ product }: { product: Product }) {
  return (
    <tr className="border-hairline border-t align-top tabular-nums">
      <td className="py-1.5 pe-6">{product.dtype}</td>
      <th scope="row" className="whitespace-nowrap py-1.5 pe-6 text-left font-mono font-normal">
        {nameOf(product)}
      </th>
      <td className="py-1.5 pe-6">{product.results}</td>
      <td className="py-1.5 pe-6">{product.largest === 0 ? 0 : product.largest.toPrecision(2)}</td>
      <td className="min-w-80 py-1.5">
        {stretchesOf(product)
          .map((stretch) => `${sizesOf(stretch)}: ${sayResults(product, stretch)}`)
          .join(' · ')}
      </td>
    </tr>
  );
}

const sizesOf = ({ from, to }: { from: number; to: number }): string => (from === to ? String(from) : `${from}–${to}`);
