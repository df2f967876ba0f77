import { colourOfVariant } from '@/lib/palette';

type VariantChipProps = {
  letter: string;
  big?: boolean;
  /** whether "variant" is read out before the letter; in a list of many it is read, and laid out, once */
  named?: boolean;
};

/** The letter of a variant on its colour. */
export function VariantChip({ letter, big = false, named = true }: VariantChipProps) {
  return (
    <span
      style={{ background: `var(--${colourOfVariant(letter)})` }}
      className={`inline-block rounded text-center font-semibold text-variant-ink ${big ? 'min-w-8 px-1.5 text-lg leading-8 max-sm:min-w-7 max-sm:leading-7' : 'min-w-6 px-1 text-sm leading-6'}`}
    >
      {named && <span className="sr-only">variant </span>}
      {letter}
    </span>
  );
}
