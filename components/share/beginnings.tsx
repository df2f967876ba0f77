import { RunText } from '@/components/runs/run-text';
import type { Beginning } from '@/lib/compare/beginnings';
import { armLabel } from '@/lib/recipe/plan';
import type { Recipe } from '@/lib/recipe/recipe';
import { counted } from '@/lib/words/english';
import { DistinctText } from './distinct-text';

type BeginningsProps = { recipe: Recipe; runs: number; beginnings: readonly Beginning[]; more: number };

/** How the texts of an experiment begin that is too large to be sent with its page. */
export function Beginnings({ recipe, runs, beginnings, more }: BeginningsProps) {
  return (
    <>
      {beginnings.some(({ whole }) => !whole) && <p className="text-sm">Of long texts the beginning is shown.</p>}
      <ul className="grid gap-3 sm:grid-cols-[repeat(auto-fit,minmax(16rem,1fr))]">
        {beginnings.map(({ letter, runs: alike, text, whole }) => (
          <DistinctText
            key={letter}
            letter={letter}
            runs={alike.map(({ run, arm }) => ({ run, label: armLabel(recipe, arm) }))}
            of={runs}
          >
            <RunText text={whole ? text : `${text}…`} />
          </DistinctText>
        ))}
      </ul>
      {more > 0 && <p className="text-dim text-sm">And {counted(more, 'more text')}.</p>}
    </>
  );
}
