import { StripRow, stripRows } from '@/components/compare/strip-row';
import { VariantChip } from '@/components/ui/variant-chip';
import { layOut, twigsOf } from '@/components/views/tree-layout';
import { TreeRibbons } from '@/components/views/tree-ribbons';
import type { Evidence } from '@/lib/compare/measure/evidence';
import { glance, type TreeNode } from '@/lib/compare/measure/tree';
import type { Results } from '@/lib/compare/results';
import type { Column } from '@/lib/compare/side-by-side';
import type { RanExhibit } from '@/lib/gallery/exhibit';
import type { Recipe } from '@/lib/recipe/recipe';
import type { RunRecord } from '@/lib/run/record';
import { sayArm } from '@/lib/words/arms';
import { sayWholePercent } from '@/lib/words/numbers';
import { sayVerdict } from '@/lib/words/verdict';

type Modal = NonNullable<Evidence['modal']>;

/** What came of an exhibit, in miniature: made from its runs, as the page that it opens is. For readers, the verdict. */
export function ExhibitPicture({ ran }: { ran: RanExhibit }) {
  return (
    <div role="img" aria-label={sayVerdict(ran.results.sideBySide.verdict).sentence} className="w-full">
      {draw(ran)}
    </div>
  );
}

function draw({
  exhibit: { picture, recipe },
  experiment: { runs },
  results: { sideBySide, model, figures },
}: RanExhibit) {
  const { columns, fork } = sideBySide;
  const modal = figures?.evidence.modal;
  switch (picture) {
    case 'letters':
      return <Letters columns={columns} />;
    case 'settings':
      return <LettersBySetting recipe={recipe} runs={runs} columns={columns} />;
    case 'strips':
      return <Strips columns={columns} longest={Math.max(...runs.map(({ text }) => text.length))} />;
    case 'tree':
      return <Tree root={rootOf(model)} />;
    case 'text':
      return modal && <CommonText text={runs.find(({ run }) => run === modal.runs[0])?.text ?? ''} modal={modal} />;
    case 'texts':
      return <Texts runs={runs} columns={columns} />;
    case 'fork':
      return fork && <Fork runs={runs} columns={columns} offset={fork.offset} />;
    case 'interval':
      return modal && <Interval modal={modal} />;
  }
}

/** As many letters stand in a row. */
const inRow = 7;

/** The letter of each run's text, in rows of equal length. */
function Letters({ columns }: { columns: readonly Column[] }) {
  const rows = Math.ceil(columns.length / inRow);
  return (
    <div
      style={{ gridTemplateColumns: `repeat(${Math.ceil(columns.length / rows)}, auto)` }}
      className="mx-auto grid w-fit gap-1.5"
    >
      {columns.map(({ run, letter }) => (
        <VariantChip key={run} letter={letter ?? '–'} big={rows < 3} />
      ))}
    </div>
  );
}

type LettersBySettingProps = { recipe: Recipe; runs: readonly RunRecord[]; columns: readonly Column[] };

function LettersBySetting({ recipe, runs, columns }: LettersBySettingProps) {
  return recipe.arms?.map(({ label }, arm) => (
    <div key={label} className="flex flex-col items-center gap-1 [&+&]:mt-3">
      <p className="font-mono text-dim text-fine">{sayArm({ arm, label: label ?? null })}</p>
      <Letters columns={columns.filter((_, at) => runs[at]?.arm === arm)} />
    </div>
  ));
}

type CommonTextProps = { text: string; modal: Modal };

/** The most common text, as far as it has room, and how often it came. */
function CommonText({ text, modal: { letter, k, n } }: CommonTextProps) {
  return (
    <div className="mx-auto flex w-fit items-start gap-3">
      <p className="shrink-0 text-center text-fine tabular-nums">
        <VariantChip letter={letter} />
        <br />
        {k} of {n}
      </p>
      <p className="line-clamp-6 whitespace-pre-line text-fine">{text}</p>
    </div>
  );
}

/** As many texts have room, in three columns. */
const mostTexts = 6;

type TextsProps = { runs: readonly RunRecord[]; columns: readonly Column[] };

/** The first different texts, each with the letter of what it counts as: verses and lists in three columns, lines in two. */
function Texts({ runs, columns }: TextsProps) {
  const texts = distinctTexts(runs, columns).slice(0, mostTexts);
  const inColumns = texts.some(({ text }) => text.includes('\n'))
    ? '-mx-3 grid-cols-[repeat(3,minmax(0,8rem))] justify-center gap-x-2'
    : 'mx-auto w-fit grid-cols-2 gap-x-4';
  return (
    <div className={`grid gap-y-2 ${inColumns}`}>
      {texts.map(({ run, letter, text }) => (
        <p key={run} className="flex min-w-0 items-start gap-1 text-finest">
          <span className="font-semibold">{letter}</span>
          <span className="min-w-0 whitespace-pre-line">{text}</span>
        </p>
      ))}
    </div>
  );
}

/** The first column of each text, with the text. */
const distinctTexts = (runs: readonly RunRecord[], columns: readonly Column[]) =>
  columns.flatMap(({ run, letter, sameAs }) => {
    const text = runs.find((record) => record.run === run)?.text;
    return sameAs === null && text !== undefined ? [{ run, letter, text }] : [];
  });

/** Words before the fork that are shown. */
const wordsBefore = 8;

/** The words before the texts part, and how each goes on, with how often it did. */
function Fork({ runs, columns, offset }: TextsProps & { offset: number }) {
  const texts = distinctTexts(runs, columns);
  const before = texts[0]?.text.slice(0, offset).split(' ').slice(-wordsBefore).join(' ');
  return (
    <div className="mx-auto flex w-fit flex-col gap-1.5 text-fine">
      <p>… {before} …</p>
      {texts.map(({ run, letter, text }) => (
        <p key={run} className="flex items-start gap-2">
          <VariantChip letter={letter ?? '–'} />
          <span className="shrink-0 tabular-nums leading-6">
            {columns.filter((column) => column.letter === letter).length} of {columns.length}
          </span>
          <span className="leading-6">… {text.slice(offset).trim()}</span>
        </p>
      ))}
    </div>
  );
}

/** Each text as a line, thick where it is marked, with its letter. */
function Strips({ columns, longest }: { columns: readonly Column[]; longest: number }) {
  return (
    <div className="flex flex-col gap-0.5">
      {stripRows(columns).map((column) => (
        <div key={column.run} className="flex h-4 items-center gap-2">
          <span className="w-3 shrink-0 text-center font-semibold text-finest">{column.letter}</span>
          <span className="flex h-2.5 grow">
            <StripRow column={column} longest={longest} current={null} />
          </span>
        </div>
      ))}
    </div>
  );
}

/** As wide as the tree is laid out, in pixels; it is drawn as small as the card. */
const treeWidth = 960;

const rootOf = (model: Results['model']): TreeNode | null =>
  model.kind === 'tree' && model.tree.kind === 'branching' ? model.tree.root : null;

function Tree({ root }: { root: TreeNode | null }) {
  if (!root) return null;
  const all = glance(root, Number.POSITIVE_INFINITY);
  return (
    <TreeRibbons
      layout={layOut(twigsOf(root, all), treeWidth)}
      traced={null}
      preserveAspectRatio="none"
      className="h-32 w-full"
    />
  );
}

/** The share of the most common text on a line from 0 to 100 %, and how far its interval reaches. */
function Interval({ modal: { letter, k, n, share, interval } }: { modal: Modal }) {
  const [low, high] = interval ?? [share, share];
  return (
    <div className="flex flex-col gap-1 text-dim text-fine tabular-nums">
      <p className="text-center text-ink">
        <VariantChip letter={letter} /> {k} of {n}
      </p>
      <div className="relative h-6">
        <span className="absolute inset-x-0 top-1/2 h-px bg-control" />
        <span
          style={{ left: `${100 * low}%`, width: `${100 * (high - low)}%`, background: 'var(--variant-a)' }}
          className="absolute inset-y-1.5 rounded-sm opacity-40"
        />
        <span
          style={{ left: `${100 * share}%`, background: 'var(--variant-a)' }}
          className="absolute inset-y-0 w-1 -translate-x-1/2 rounded-sm"
        />
      </div>
      <p className="flex justify-between">
        <span>0 %</span>
        <span>
          {sayWholePercent(low)} to {sayWholePercent(high)}
        </span>
        <span>100 %</span>
      </p>
    </div>
  );
}
