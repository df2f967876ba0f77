import { type KeyboardEvent, useEffect, useMemo, useRef, useState } from 'react';
import { plainKey, rovingFocus } from '@/components/ui/roving-focus';
import { ScrollRegion } from '@/components/ui/scroll-region';
import { branchesAtOnce, type TreeNode } from '@/lib/compare/measure/tree';
import { colourOfVariant } from '@/lib/palette';
import { sayBranch, sayEnd } from '@/lib/words/tree';
import { foldSize, layOut, type PlacedTwig, parentOf, shownAtFirst, textHeight, twigsOf } from './tree-layout';
import { TreeRibbons } from './tree-ribbons';
import { drawStart, headAndTail } from './tree-text';
import { TwigPanel } from './twig-panel';

/** Before the page has been measured. */
const usualWidth = 960;

/**
 * The tree from left to right: a strand for each text, as thick as runs have it and in its variant's colour; together as
 * far as texts are the same, apart from where they part. At first it is no wider than the page; what that has no room for is folded
 * away. One stop of the Tab key; arrows go along the branches.
 */
export function TreePicture({ root }: { root: TreeNode }) {
  const [more, setMore] = useState<ReadonlySet<TreeNode>>(new Set());
  const [region, width] = useWidth();
  const shown = useMemo(() => new Set([...shownAtFirst(root, width), ...more]), [root, more, width]);
  const layout = useMemo(() => layOut(twigsOf(root, shown), width), [root, shown, width]);
  const [pointed, setPointed] = useState<string | null>(null);
  const [active, setActive] = useState('0');
  const twigs = layout.placed.filter(({ kind }) => kind !== 'folded');
  const current = twigs.find(({ id }) => id === active) ?? twigs[0];
  const { onKeyDown, stop } = rovingFocus<string>({
    current: current?.id ?? '0',
    idOf: (id) => id,
    next: (event) => next(event, current?.id ?? '0', twigs),
    onMove: (id) => {
      setActive(id);
      setPointed(id);
    },
  });
  const traced = twigs.find(({ id }) => id === pointed) ?? null;
  const unfolded = useRef<string | null>(null);
  function unfold({ id, kind, node: { children } }: PlacedTwig) {
    const next = children.filter((child) => !shown.has(child)).slice(0, branchesAtOnce);
    const [first] = next;
    if (!first) return;
    setMore(new Set([...more, ...next]));
    const place = children.filter((child) => shown.has(child) || child === first).indexOf(first);
    unfolded.current = `${kind === 'folded' ? parentOf(id) : id}.${place}`;
  }
  // The button that was pressed may be gone: the focus goes on to the first branch that it has shown.
  // biome-ignore lint/correctness/useExhaustiveDependencies: once what was unfolded is drawn
  useEffect(() => {
    const first = unfolded.current;
    unfolded.current = null;
    if (first) region.current?.querySelector<HTMLElement>(`[data-place="${first}"]`)?.focus();
  }, [layout]);
  return (
    <div className="w-full">
      <ScrollRegion
        ref={region}
        label="Tree of texts"
        className={`w-full overflow-x-auto p-1 ${layout.width > width ? fadedClass : ''}`}
      >
        <div
          style={{ width: layout.width, height: layout.height }}
          className={`relative text-sm ${layout.width > width ? 'me-12' : ''}`}
        >
          <TreeRibbons
            layout={layout}
            traced={traced}
            width={layout.width}
            height={layout.height}
            className="pointer-events-none absolute inset-0"
          />
          <div
            role="tree"
            aria-label="Branches"
            onKeyDown={onKeyDown}
            onPointerLeave={() => setPointed(null)}
            onBlur={() => setPointed(null)}
          >
            {twigs.map((twig) => (
              <TwigButton
                key={twig.id}
                twig={twig}
                runsInAll={root.runs.length}
                selected={twig.id === current?.id}
                stop={stop(twig.id)}
                onPoint={setPointed}
              />
            ))}
          </div>
          {layout.placed
            .filter(({ folded }) => folded > 0)
            .map((twig) => (
              <Unfold key={twig.id} twig={twig} onUnfold={() => unfold(twig)} />
            ))}
        </div>
      </ScrollRegion>
      {current && <TwigPanel twig={traced ?? current} runsInAll={root.runs.length} />}
    </div>
  );
}

/** Where it goes on beyond the edge of what can be seen of it. */
const fadedClass = '[mask-image:linear-gradient(to_left,transparent,black_3rem)]';

type UnfoldProps = { twig: PlacedTwig; onUnfold: () => void };

/** "+8 more", at the end of the strand of all branches that are folded away, which fades towards it. */
function Unfold({ twig: { kind, node, folded, x, width, line, thickness }, onUnfold }: UnfoldProps) {
  const [left, top] = [x + width - foldSize.width, line + (thickness - foldSize.height) / 2];
  return (
    <span
      style={{ left, top, ...foldSize }}
      className={`absolute flex items-center ${kind === 'branch' ? 'justify-end bg-linear-to-r from-transparent to-30% to-ground' : ''}`}
    >
      <button
        type="button"
        onClick={onUnfold}
        className="relative min-h-6 whitespace-nowrap rounded-full border border-control bg-ground px-2 text-accent text-fine hover:bg-panel pointer-coarse:after:absolute pointer-coarse:after:inset-x-0 pointer-coarse:after:-inset-y-2"
      >
        +{folded} more
        <span className="sr-only"> of {node.children.length} branches</span>
      </button>
    </span>
  );
}

/** The width of an element, as it is now. */
function useWidth() {
  const element = useRef<HTMLElement>(null);
  const [width, setWidth] = useState(usualWidth);
  useEffect(() => {
    const watched = element.current;
    if (!watched) return;
    const observer = new ResizeObserver(() => setWidth(watched.clientWidth - 8));
    observer.observe(watched);
    return () => observer.disconnect();
  }, []);
  return [element, width] as const;
}

/** Where a key leads: on, back, to the next branch above or below in the same column, to the root or the last branch. */
function next(event: KeyboardEvent, id: string, twigs: readonly PlacedTwig[]): string | null {
  const depth = (of: string) => of.split('.').length;
  const column = twigs.filter((twig) => depth(twig.id) === depth(id)).map((twig) => twig.id);
  const at = column.indexOf(id);
  const places: Record<string, string | undefined> = {
    ArrowRight: `${id}.0`,
    ArrowLeft: parentOf(id),
    ArrowUp: column[at - 1],
    ArrowDown: column[at + 1],
    Home: '0',
    End: twigs.at(-1)?.id,
  };
  return places[plainKey(event) ?? ''] || null;
}

type TwigButtonProps = {
  twig: PlacedTwig;
  runsInAll: number;
  selected: boolean;
  stop: { tabIndex: number };
  onPoint: (id: string | null) => void;
};

function TwigButton({ twig, runsInAll, selected, stop, onPoint }: TwigButtonProps) {
  const { id, kind, node, folded, twigs, x, y, width, thickness } = twig;
  const letter = twigs.length === 0 && folded === 0 ? node.end?.letter : null;
  return (
    <button
      type="button"
      role="treeitem"
      aria-level={id.split('.').length}
      aria-selected={selected}
      {...stop}
      onPointerEnter={() => onPoint(id)}
      onClick={() => onPoint(id)}
      style={{ left: x, top: y, width, height: textHeight + thickness + 4 }}
      className="absolute flex cursor-default flex-col justify-end rounded-sm text-start"
    >
      <span
        style={{ height: textHeight, marginBottom: thickness + 4, paddingInlineEnd: folded > 0 ? foldSize.width : 8 }}
        className="flex w-full items-end leading-5"
      >
        <span dir="auto" className="line-clamp-2 min-w-0 break-words">
          {letter && (
            <>
              <Letter letter={letter} />{' '}
            </>
          )}
          <strong className="whitespace-nowrap tabular-nums">
            {twig.strands.reduce((sum, { runs }) => sum + runs, 0)}×
          </strong>{' '}
          {kind === 'end' ? <em>ends here</em> : <TwigText twig={twig} />}
        </span>
        <span className="sr-only">
          {' · '}
          {kind === 'end' ? sayEnd(node.end?.runs.length ?? 0, runsInAll) : sayBranch(node, runsInAll)}
        </span>
      </span>
    </button>
  );
}

/** The letter of the one text that ends here, small enough for a line of text. */
function Letter({ letter }: { letter: string }) {
  return (
    <span
      style={{ background: `var(--${colourOfVariant(letter)})` }}
      className="rounded-sm px-1 font-semibold text-variant-ink"
    >
      <span className="sr-only">variant </span>
      {letter}
    </span>
  );
}

/** As much of a branch as two lines hold: of one that forks the end, too, since that is where runs part. */
function TwigText({ twig: { node, folded, twigs, width } }: { twig: PlacedTwig }) {
  const forks = twigs.length > 0 || folded > 0;
  if (node.text === '') return <em className={forks ? 'sr-only' : ''}>{forks ? 'nothing shared' : 'no text'}</em>;
  const text = drawStart(node.text);
  return forks ? headAndTail(text, Math.floor((2 * width) / 8) - 6) : text;
}
