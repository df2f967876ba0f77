import type { Baseline } from '@/lib/compare/side-by-side';

type BaselineSelectProps = { runs: number[]; stored: boolean; value: Baseline; onChange: (baseline: Baseline) => void };

/** Which text the others are held against. */
export function BaselineSelect({ runs, stored, value, onChange }: BaselineSelectProps) {
  return (
    <label className="flex max-w-full items-center gap-2 text-sm">
      Compare with
      <select
        value={String(value)}
        onChange={(event) => onChange(readBaseline(event.target.value))}
        className="min-h-9 min-w-0 rounded-md border border-control bg-ground px-2 pointer-coarse:min-h-11"
      >
        <option value="common">the most common text</option>
        {stored && <option value="stored">the same run as it was stored</option>}
        {runs.map((run) => (
          <option key={run} value={run}>
            run {run}
          </option>
        ))}
      </select>
    </label>
  );
}

const readBaseline = (value: string): Baseline => (value === 'common' || value === 'stored' ? value : Number(value));
