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

/** Which text the others are held against. */
export function BaselineSelect({ runs, stored, value, expected, onChange, onExpected }: BaselineSelectProps) {
  return (
    <>
      <label className="flex max-w-full items-center gap-2 text-sm">
        Compare with
        <select
          value={String(value)}
          onChange={(event) => onChange(readBaseline(event.target.value))}
          className="min-h-9 min-w-0 rounded-md border border-control bg-ground px-2 pointer-coarse:min-h-11"
        >
          {named
            .filter((each) => each !== 'stored' || stored)
            .map((each) => (
              <option key={each} value={each}>
                {names[each]}
              </option>
            ))}
          {runs.map((run) => (
            <option key={run} value={run}>
              run {run}
            </option>
          ))}
        </select>
      </label>
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

const readBaseline = (value: string): Baseline => named.find((each) => each === value) ?? Number(value);
