import { RunText } from '@/components/runs/run-text';
import { armLabel } from '@/lib/recipe/plan';
import type { Recipe } from '@/lib/recipe/recipe';
import { counted } from '@/lib/words/english';
import { DistinctText } from './distinct-text';

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
