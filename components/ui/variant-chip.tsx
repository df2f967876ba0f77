import { colourOfVariant } from '@/lib/palette';

/** The letter of a variant on its colour. From G on all are grey, and only the letter tells them apart. */
export function VariantChip({ letter }: { letter: string }) {
  return (
    <span
      style={{ background: `var(--${colourOfVariant(letter)})` }}
      className="inline-grid min-w-6 place-items-center rounded px-1 font-semibold text-sm text-variant-ink leading-6"
    >
      <span className="sr-only">variant </span>
      {letter}
    </span>
  );
}
