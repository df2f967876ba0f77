import { maxBatch, type Product, type Stretch, stretchesOf } from '@/lib/gallery/batch-rounding';
import { colourOfVariant } from '@/lib/palette';
import { alternatives } from '@/lib/words/english';

/** The letter of a result, A for the most frequent; a dot for those that the measurement does not list. */
const letterOf = ({ sizes }: Product, result: number): string =>
  result < sizes.length ? String.fromCharCode(65 + result) : '·';

/** "A", "A or B", "others" */
export const sayResults = (product: Product, { results }: Stretch): string =>
  alternatives(results.map((result) => (result < product.sizes.length ? letterOf(product, result) : 'others')));

/** A batch size on a line from 0 to 100, on which each doubling is equally wide. */
export const placeOf = (size: number): number => (100 * Math.log2(size)) / Math.log2(maxBatch + 1);

/** Narrower stretches, in per cent of the line, have no room for a letter. */
const narrowest = 3;

/** Which result came at which batch size, from left to right: a colour and a letter for each; stripes where it is open. */
export function BatchStrip({ product, lettered }: { product: Product; lettered: boolean }) {
  return (
    <div className="relative h-full w-full overflow-hidden rounded-sm [forced-color-adjust:none] [print-color-adjust:exact]">
      {stretchesOf(product).map((stretch) => {
        const [left, right] = [placeOf(stretch.from), placeOf(stretch.to + 1)];
        return (
          <span
            key={stretch.from}
            style={{ left: `${left}%`, width: `${right - left}%`, background: backgroundOf(product, stretch) }}
            className="absolute inset-y-0 flex items-center justify-center overflow-hidden border-panel border-e font-semibold text-finest text-variant-ink"
          >
            {lettered && stretch.results.length === 1 && right - left > narrowest && sayLetter(product, stretch)}
          </span>
        );
      })}
    </div>
  );
}

const sayLetter = (product: Product, { results }: Stretch): string =>
  results.map((result) => letterOf(product, result)).join('');

function backgroundOf(product: Product, { results }: Stretch): string {
  const [first = '', second] = results.map((result) => `var(--${colourOfVariant(letterOf(product, result))})`);
  if (second === undefined) return first;
  return `repeating-linear-gradient(135deg, ${first} 0 0.25rem, ${second} 0.25rem 0.5rem)`;
}
