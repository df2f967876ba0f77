import type { Baseline } from '@/lib/compare/side-by-side';

type BaselineSelectProps = { runs: number[]; value: Baseline; onChange: (baseline: Baseline) => void };

/** Which text the others are held against. */
export function BaselineSelect({ runs, value, onChange }: BaselineSelectProps) {
  return (
    <label className="flex items-center gap-2 text-sm">
      Compare with
      <select
        value={String(value)}
        onChange={(event) => onChange(event.target.value === 'common' ? 'common' : Number(event.target.value))}
        className="min-h-9 rounded-md border border-control bg-ground px-2 pointer-coarse:min-h-11"
      >
        <option value="common">the most common text</option>
        {runs.map((run) => (
          <option key={run} value={run}>
            run {run}
          </option>
        ))}
      </select>
    </label>
  );
}
