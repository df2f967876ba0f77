import { later } from '@/components/ui/later';
import { Select } from '@/components/ui/select';
import type { Baseline, SideBySide } from '@/lib/compare/side-by-side';
import { sayBaseline } from '@/lib/words/baseline';

const ExpectedText = later(() => import('./around-texts').then((around) => around.ExpectedText));

type BaselineSelectProps = {
  runs: number[];
  stored: boolean;
  value: Baseline;
  commonest: SideBySide['commonest'];
  expected: string;
  onChange: (baseline: Baseline) => void;
  onExpected: (expected: string) => void;
};

const named = ['common', 'medoid', 'stored', 'expected', 'none'] as const;

/** Which text the others are compared with. */
export function BaselineSelect({
  runs,
  stored,
  value,
  commonest,
  expected,
  onChange,
  onExpected,
}: BaselineSelectProps) {
  const options: Baseline[] = [...named.filter((each) => each !== 'stored' || stored), ...runs];
  return (
    <>
      <Select
        label="Compare with"
        options={options}
        value={value}
        nameOf={(each) => sayBaseline(each, commonest)}
        onChange={onChange}
      />
      {value === 'expected' && <ExpectedText text={expected} onText={onExpected} />}
    </>
  );
}
