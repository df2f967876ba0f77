import { VariantChip } from '@/components/ui/variant-chip';

/** As many as there are colours that no others have. */
const chipsAtOnce = 6;

/** The letters of several variants: the first ones, and how many more there are. */
export function VariantChips({ letters }: { letters: readonly string[] }) {
  const more = letters.length - chipsAtOnce;
  return (
    <>
      <span className="sr-only">{letters.length === 1 ? 'variant' : 'variants'}</span>
      {letters.slice(0, chipsAtOnce).map((letter) => (
        <VariantChip key={letter} letter={letter} named={false} />
      ))}
      {more > 0 && (
        <span className="tabular-nums">
          +{more}
          <span className="sr-only"> more</span>
        </span>
      )}
    </>
  );
}
