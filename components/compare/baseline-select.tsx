import { Select } from '@/components/ui/select';
import type { Baseline } from '@/lib/compare/side-by-side';

type BaselineSelectProps = {
  runs: number[];
  stored: boolean;
  value: Baseline;
  expected: string;
  onChange: (baseline: Baseline) => void;
  onExpected: (expected: string) => void;
};

const names = {
  common: 'the most common text',
  medoid: 'the text in the middle',
  stored: 'the same run as it was stored',
  expected: 'a text you expect',
  none: 'nothing: mark what varies',
};
const named = ['common', 'medoid', 'stored', 'expected', 'none'] as const;

/** Which text the others are compared with. */
export function BaselineSelect({ runs, stored, value, expected, onChange, onExpected }: BaselineSelectProps) {
  const options: Baseline[] = [...named.filter((each) => each !== 'stored' || stored), ...runs];
  return (
    <>
      <Select label="Compare with" options={options} value={value} nameOf={sayBaseline} onChange={onChange} />
      {value === 'expected' && (
        <label className="flex w-full max-w-2xl flex-col gap-1 text-sm">
          Expected text
          <textarea
            value={expected}
            onChange={(event) => onExpected(event.target.value)}
            rows={3}
            className="w-full rounded-md border border-control bg-ground p-2 text-base"
          />
        </label>
      )}
    </>
  );
}

const sayBaseline = (baseline: Baseline): string =>
  typeof baseline === 'number' ? `run ${baseline}` : names[baseline];
