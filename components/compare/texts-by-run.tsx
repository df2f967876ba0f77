import { useSession } from '@/components/session/session-context';
import { VariantChip } from '@/components/ui/variant-chip';
import type { Column } from '@/lib/compare/side-by-side';
import { shownExperiment } from '@/lib/session/select';
import { plural } from '@/lib/words/english';

/** More runs than these are counted by text: "A × 14", for so many texts. */
const maxRuns = 20;
const maxTexts = 5;

/** How many of either stand in one line where the window is narrow. */
const runsWhereNarrow = 8;
const textsWhereNarrow = 3;

type TextsByRunProps = {
  columns: readonly Column[];
  /** whether it is still open what they give */
  going: boolean;
};

/**
 * Which text each run gave: A A B A B, with an empty box for one that gave none. Where there are columns, each leads to its
 * own. All of it stands in one line: of many runs that all differ the first few say as much as all.
 */
export function TextsByRun({ columns, going }: TextsByRunProps) {
  const inColumns = useSession((session) => session.view.view === 'columns');
  const { runs } = useSession(shownExperiment);
  if (runs.length < 2) return null;
  const letterOf = new Map(going ? [] : columns.map(({ run, letter }) => [run, letter]));
  const letters = runs.map(({ run }) => ({ run, letter: letterOf.get(run) ?? null }));
  const compared = letters.filter(({ letter }) => letter !== null);
  const groups = [...Map.groupBy(compared, ({ letter }) => letter)].sort(([, a], [, b]) => b.length - a.length);
  const allDiffer = groups.length === runs.length;
  if (runs.length > maxRuns && !allDiffer && groups.length > 0) return <RunsByText groups={groups} />;
  const few = runs.length > maxRuns || (allDiffer && runs.length > runsWhereNarrow);
  const shown = few ? letters.slice(0, maxTexts) : letters;
  return (
    <ol aria-label="Texts by run" aria-hidden={going || undefined} className={lineClass}>
      {shown.map(({ run, letter }, at) => (
        <li key={run} className={at < runsWhereNarrow ? '' : 'max-lg:hidden'}>
          <a href={inColumns && letter ? `#column-${run}` : undefined} title={`Run ${run}`} className="block rounded">
            <span className="sr-only">Run {run}: </span>
            {letter ? <VariantChip letter={letter} big /> : <Empty />}
          </a>
        </li>
      ))}
      <Rest of={runs.length} shown={shown.length} whereNarrow={runsWhereNarrow} noun="run" />
    </ol>
  );
}

const lineClass = 'relative flex shrink-0 items-center gap-1 whitespace-nowrap';

/** No text that could be compared, as large as a letter. */
const Empty = () => (
  <span className="block size-8 rounded border border-control border-dashed max-sm:size-7">
    <span className="sr-only">nothing to compare</span>
  </span>
);

function RunsByText({ groups }: { groups: readonly (readonly [string | null, readonly unknown[]])[] }) {
  const shown = groups.slice(0, maxTexts);
  return (
    <ul aria-label="Runs by text" className={`${lineClass} gap-x-2.5`}>
      {shown.map(([letter, runs], at) => (
        <li
          key={letter}
          className={`flex items-center gap-1 tabular-nums ${at < textsWhereNarrow ? '' : 'max-lg:hidden'}`}
        >
          {letter && <VariantChip letter={letter} big />} × {runs.length}
        </li>
      ))}
      <Rest of={groups.length} shown={shown.length} whereNarrow={textsWhereNarrow} noun="text" />
    </ul>
  );
}

type RestProps = { of: number; shown: number; whereNarrow: number; noun: string };

/** How many there are besides those in the line, which are fewer in a narrow window. */
function Rest({ of, shown, whereNarrow, noun }: RestProps) {
  return [of - shown, of - Math.min(shown, whereNarrow)].map((rest, narrow) =>
    rest === 0 ? null : (
      <li key={narrow ? 'narrow' : 'wide'} className={`ps-1 text-dim ${narrow ? 'lg:hidden' : 'max-lg:hidden'}`}>
        +{rest}
        <span className="sr-only"> more {plural(rest, noun)}</span>
      </li>
    ),
  );
}
