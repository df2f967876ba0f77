import { memo, useState } from 'react';
import { RunText } from '@/components/runs/run-text';
import { CopyButton } from '@/components/ui/copy-button';
import { ShowMore } from '@/components/ui/show-more';
import { VariantChip } from '@/components/ui/variant-chip';
import type { Group } from '@/lib/compare/align/groups';
import type { Column, SideBySide } from '@/lib/compare/side-by-side';
import { colourOfVariant } from '@/lib/palette';
import { sayRuns } from '@/lib/words/runs';

type VariantsViewProps = {
  /** all compared texts, as groupTexts orders them */
  groups: readonly Group[];
  /** where a group's marks come from: the column of its first run, if there is one */
  columns: readonly Pick<Column, 'run' | 'parts'>[];
  fork: SideBySide['fork'];
};

const cardsAtOnce = 18;

/** A card for each distinct text, the most common first: how many runs say it, which, and where it differs. */
export const VariantsView = memo(function VariantsView({ groups, columns, fork }: VariantsViewProps) {
  const [cards, setCards] = useState(cardsAtOnce);
  const runs = groups.reduce((sum, group) => sum + group.runs.length, 0);
  if (groups.length === 0) return <p className="text-sm">Nothing to compare.</p>;
  return (
    <div className="flex flex-col items-start gap-3 [print-color-adjust:exact]">
      <ul
        aria-label="Variants, the most common first"
        className="grid w-full grid-cols-[repeat(auto-fill,minmax(min(100%,20rem),1fr))] items-start gap-3"
      >
        {groups.slice(0, cards).map((group) => (
          <Card
            key={group.letter}
            group={group}
            runs={runs}
            column={columns.find(({ run }) => run === group.runs[0])}
            fork={fork}
          />
        ))}
      </ul>
      <ShowMore shown={cards} of={groups.length} step={cardsAtOnce} noun="variants" onMore={setCards} />
    </div>
  );
});

type CardProps = {
  group: Group;
  /** how many there are in all */
  runs: number;
  column: VariantsViewProps['columns'][number] | undefined;
  fork: VariantsViewProps['fork'];
};

function Card({ group, runs, column, fork }: CardProps) {
  const { letter, text } = group;
  return (
    <li className="min-w-0 max-w-[44rem] break-inside-avoid rounded-md border border-hairline bg-ground [contain-intrinsic-size:auto_24rem] [content-visibility:auto] print:[content-visibility:visible]">
      <header className="relative flex flex-wrap items-center gap-2 border-hairline border-b px-3 py-1.5">
        <span
          aria-hidden
          style={{ width: `${(100 * group.runs.length) / runs}%`, background: `var(--${colourOfVariant(letter)})` }}
          className="absolute start-0 -bottom-0.5 h-1"
        />
        <h3 className="flex items-center gap-2 font-semibold">
          <VariantChip letter={letter} />
          {group.runs.length} of {runs} runs · {sayShare(group.runs.length, runs)}
        </h3>
        <span className="ms-auto print:hidden">
          <CopyButton text={text} label={`Copy text of variant ${letter}`} />
        </span>
      </header>
      <div className="flex flex-col gap-2 px-3 py-3">
        <p className="text-fine text-dim">{sayRuns(group.runs)}</p>
        {text === '' ? <p className="italic">No text</p> : <RunText text={text} parts={column?.parts} fork={fork} />}
      </div>
    </li>
  );
}

/** Per cent, never 0 of some nor 100 of not all. */
function sayShare(count: number, all: number): string {
  const percent = Math.round((100 * count) / all);
  if (percent === 0) return 'under 1 %';
  return percent === 100 && count < all ? 'over 99 %' : `${percent} %`;
}
