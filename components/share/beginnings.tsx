import { RunText } from '@/components/runs/run-text';
import { VariantChip } from '@/components/ui/variant-chip';
import { armLabel } from '@/lib/recipe/plan';
import type { Recipe } from '@/lib/recipe/recipe';
import { counted } from '@/lib/words/english';
import { sayRunsOfArms } from '@/lib/words/runs';

/** One of the distinct texts of an experiment: which runs have it, each with the number of its arm, and how it begins. */
type Beginning = { letter: string; runs: { run: number; arm: number }[]; text: string; whole: boolean };

type BeginningsProps = { recipe: Recipe; runs: number; beginnings: readonly Beginning[]; more: number };

/** How the texts of an experiment begin that is too large to be sent with its page. */
export function Beginnings({ recipe, runs, beginnings, more }: BeginningsProps) {
  return (
    <>
      {beginnings.some(({ whole }) => !whole) && <p className="text-sm">Of long texts the beginning is shown.</p>}
      <ul className="grid gap-3 sm:grid-cols-[repeat(auto-fit,minmax(16rem,1fr))]">
        {beginnings.map(({ letter, runs: alike, text, whole }) => (
          <li key={letter} className="rounded-md border border-hairline p-3">
            <p className="mb-2 flex flex-wrap items-center gap-2 text-sm">
              <VariantChip letter={letter} />
              {alike.length} of {counted(runs, 'run')}:
              <span className="text-dim">
                {sayRunsOfArms(alike.map(({ run, arm }) => ({ run, label: armLabel(recipe, arm) })))}
              </span>
            </p>
            <RunText text={whole ? text : `${text}…`} />
          </li>
        ))}
      </ul>
      {more > 0 && <p className="text-dim text-sm">And {counted(more, 'more text')}.</p>}
    </>
  );
}
