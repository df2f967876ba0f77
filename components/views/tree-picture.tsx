import { type KeyboardEvent, useEffect, useMemo, useRef, useState } from 'react';
import { plainKey, rovingFocus } from '@/components/ui/roving-focus';
import { ScrollRegion } from '@/components/ui/scroll-region';
import { ShowMore } from '@/components/ui/show-more';
import { branchesAtOnce, glance, type TreeNode } from '@/lib/compare/measure/tree';
import { colourOfVariant } from '@/lib/palette';
import { sayBranch, sayEnd } from '@/lib/words/tree';
import { layOut, type PlacedTwig, parentOf, textHeight, twigsOf } from './tree-layout';
import { TreeRibbons } from './tree-ribbons';
import { drawStart, headAndTail } from './tree-text';
import { TwigPanel } from './twig-panel';

/** How many nodes are shown at first: those that the most runs go through. */
const nodesAtOnce = 40;
/** Before the page has been measured. */
const usualWidth = 960;

/**
 * The tree from left to right: a strand for each text, as thick as runs have it and in its variant's colour; together as
 * far as texts are the same, apart from where they part. One stop of the Tab key; arrows go along the branches.
 */
export function TreePicture({ root }: { root: TreeNode }) {
  const atFirst = useMemo(() => glance(root, nodesAtOnce), [root]);
  const [more, setMore] = useState<ReadonlySet<TreeNode>>(new Set());
  const [region, width] = useWidth();
  const layout = useMemo(
    () => layOut(twigsOf(root, new Set([...atFirst, ...more]), atFirst), width),
    [root, atFirst, more, width],
  );
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
  function showMore({ children }: TreeNode, shown: number) {
    setMore(new Set([...more, ...children.slice(0, shown).flatMap((child) => [...glance(child, branchesAtOnce)])]));
  }
  return (
    <div className="w-full">
      <ScrollRegion ref={region} label="Tree of texts" className="w-full overflow-x-auto p-1">
        <div style={{ width: layout.width, height: layout.height }} className="relative text-sm">
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
            .filter(({ kind }) => kind === 'folded')
            .map(({ id, node, x, y }) => (
              <div key={id} style={{ left: x, top: y, height: textHeight }} className="absolute flex items-end pb-1">
                <ShowMore
                  shown={twigs.filter((twig) => twig.kind === 'branch' && parentOf(twig.id) === parentOf(id)).length}
                  of={node.children.length}
                  step={branchesAtOnce}
                  noun="branches"
                  onMore={(shown) => showMore(node, shown)}
                />
              </div>
            ))}
        </div>
      </ScrollRegion>
      {current && <TwigPanel twig={traced ?? current} runsInAll={root.runs.length} />}
    </div>
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
  const { id, kind, node, twigs, x, y, width, thickness } = twig;
  const letter = twigs.length === 0 ? node.end?.letter : null;
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
        style={{ height: textHeight, marginBottom: thickness + 4 }}
        className="flex w-full items-end pe-2 leading-5"
      >
        <span dir="auto" className="line-clamp-2 min-w-0 break-words">
          {letter && (
            <>
              <Letter letter={letter} />{' '}
            </>
          )}
          <strong className="tabular-nums">{twig.strands.reduce((sum, { runs }) => sum + runs, 0)}×</strong>{' '}
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

/** The letter of the text that ends here, small enough for a line of text. */
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
function TwigText({ twig: { node, twigs, width } }: { twig: PlacedTwig }) {
  if (node.text === '') return <em>{twigs.length > 0 ? 'nothing shared' : 'no text'}</em>;
  const text = drawStart(node.text);
  return twigs.length > 0 ? headAndTail(text, Math.floor((2 * width) / 8) - 6) : text;
}
