const colours: Record<string, string> = {
  A: 'bg-variant-a',
  B: 'bg-variant-b',
  C: 'bg-variant-c',
  D: 'bg-variant-d',
  E: 'bg-variant-e',
  F: 'bg-variant-f',
};

/** The letter of a variant on its colour. From G on all are grey, and only the letter tells them apart. */
export function VariantChip({ letter }: { letter: string }) {
  return (
    <span
      className={`inline-grid min-w-6 place-items-center rounded px-1 font-semibold text-variant-ink text-sm leading-6 ${colours[letter] ?? 'bg-variant-rest'}`}
    >
      <span className="sr-only">variant </span>
      {letter}
    </span>
  );
}
