import { type FoldMode, foldModes } from '@/lib/compare/results';

type ReadingSelectProps = { value: FoldMode; onChange: (foldMode: FoldMode) => void };

const names: Record<FoldMode, string> = {
  all: 'all of the texts',
  folded: 'long equal stretches folded',
  differences: 'only what differs',
};

/** How much of the columns is shown. */
export function FoldSelect({ value, onChange }: ReadingSelectProps) {
  return (
    <label className="flex max-w-full items-center gap-2 text-sm print:hidden">
      Show
      <select
        value={value}
        onChange={(event) => onChange(foldModes.find((each) => each === event.target.value) ?? 'all')}
        className="min-h-9 min-w-0 rounded-md border border-control bg-ground px-2 pointer-coarse:min-h-11"
      >
        {foldModes.map((each) => (
          <option key={each} value={each}>
            {names[each]}
          </option>
        ))}
      </select>
    </label>
  );
}
