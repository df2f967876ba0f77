import type { ReactNode } from 'react';
import { VariantChip } from '@/components/ui/variant-chip';
import { counted } from '@/lib/words/english';
import { sayRunsOfArms } from '@/lib/words/runs';

type DistinctTextProps = {
  letter: string;
  /** the runs that have it */
  runs: { run: number; label: string | null }[];
  /** how many runs there are in all */
  of: number;
  children: ReactNode;
};

/** One of an experiment's distinct texts, with the runs that have it. */
export function DistinctText({ letter, runs, of, children }: DistinctTextProps) {
  return (
    <li className="rounded-md border border-hairline p-3">
      <p className="mb-2 flex flex-wrap items-center gap-2 text-sm">
        <VariantChip letter={letter} />
        {runs.length} of {counted(of, 'run')}:<span className="text-dim">{sayRunsOfArms(runs)}</span>
      </p>
      {children}
    </li>
  );
}
