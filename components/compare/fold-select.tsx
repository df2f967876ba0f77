import { Select } from '@/components/ui/select';
import { type FoldMode, foldModes } from '@/lib/compare/results';

type FoldSelectProps = { value: FoldMode; onChange: (foldMode: FoldMode) => void };

const names: Record<FoldMode, string> = {
  all: 'all of the texts',
  folded: 'equal parts folded',
  differences: 'only what differs',
};

/** How much of the columns is shown. */
export function FoldSelect({ value, onChange }: FoldSelectProps) {
  return (
    <Select
      label="Show"
      options={foldModes}
      value={value}
      nameOf={(mode) => names[mode]}
      onChange={onChange}
      className="text-sm print:hidden"
    />
  );
}
