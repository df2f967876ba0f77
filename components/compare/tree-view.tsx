import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { VariantChip } from '@/components/ui/variant-chip';
import type { TreeNode } from '@/lib/compare/tree';
import { drawSpace, LongText } from './long-text';

type TreeViewProps = { root: TreeNode | null };

/** The run whose path is shown, and how to show another: while it is pointed at or focused, or until pressed again. */
type Trace = {
  run: number | null;
  pinned: number | null;
  look: (run: number | null) => void;
  pin: (run: number) => void;
};

const branchesAtOnce = 24;
const runsAtOnce = 24;

/** The prefix tree: what all runs share, then a branch for each way in which they go on. */
export function TreeView({ root }: TreeViewProps) {
  const [seen, look] = useState<number | null>(null);
  const [pinned, setPinned] = useState<number | null>(null);
  if (!root) return <p className="text-sm">Nothing to compare.</p>;
  const pin = (run: number) => setPinned(run === pinned ? null : run);
  return (
    <div className="[print-color-adjust:exact]">
      <p className="mb-2 text-sm">
        What runs share is written once; it branches where they part. Point at the number of a run to see its path.
      </p>
      <section
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
        tabIndex={0}
        aria-label="Tree of texts"
        className="relative overflow-x-auto p-1"
      >
        <ul>
          <Branch node={root} of={root.runs.length} root trace={{ run: seen ?? pinned, pinned, look, pin }} />
        </ul>
      </section>
    </div>
  );
}

type BranchProps = { node: TreeNode; of: number; root?: boolean; trace: Trace };

// A line down from the node above, for the last of its branches only as far as the line across.
const lines =
  'relative ps-5 pt-2 before:absolute before:start-0 before:top-0 before:h-full before:border-control before:border-s last:before:h-6 after:absolute after:start-0 after:top-6 after:w-5 after:border-control after:border-t';

function Branch({ node, of, root = false, trace }: BranchProps) {
  const [shown, setShown] = useState(branchesAtOnce);
  const { runs, children } = node;
  const traced = trace.run !== null && runs.includes(trace.run);
  const more = children.length - shown;
  return (
    <li className={root ? '' : lines}>
      <div
        data-traced={traced || undefined}
        // The thicker the edge, the more runs; the number says it too.
        style={{ borderInlineStartWidth: `${2 + Math.round((8 * runs.length) / of)}px` }}
        className="w-fit min-w-48 max-w-prose rounded-sm border border-hairline border-s-control bg-ground px-2 py-1 data-traced:border-s-ink data-traced:bg-panel data-traced:outline-2 data-traced:outline-ink data-traced:outline-offset-1"
      >
        <NodeText node={node} root={root} />
        <p className="text-[13px] text-dim tabular-nums">
          <strong className="text-ink">
            {runs.length} of {of} runs
          </strong>
          {' · '}
          {sayWords(node, children.length > 0)}
        </p>
        {node.end && <End end={node.end} trace={trace} />}
      </div>
      {children.length > 0 && (
        <ul className="ms-3">
          {children.slice(0, shown).map((child) => (
            <Branch key={child.runs[0]} node={child} of={of} trace={trace} />
          ))}
          {more > 0 && (
            <li className={lines}>
              <Button onClick={() => setShown(shown + branchesAtOnce)}>
                Show {Math.min(branchesAtOnce, more)} more of {children.length} branches
              </Button>
            </li>
          )}
        </ul>
      )}
    </li>
  );
}

function NodeText({ node, root }: { node: TreeNode; root: boolean }) {
  if (node.text === '')
    return <p className="text-sm italic">{root && node.children.length > 0 ? 'Nothing shared' : 'No text'}</p>;
  const [, space = '', words = ''] = /^(\s*)([\s\S]*)$/.exec(node.text) ?? [];
  // One space before a word goes without saying; anything else may be all that tells it from its neighbour.
  const start = space === ' ' && words !== '' ? '' : drawSpace(space);
  const alone = node.runs.length === 1;
  return (
    <div dir="auto" className="whitespace-pre-wrap break-words">
      <LongText text={start + words} head={alone ? 8 : 16} tail={alone ? 0 : 8} />
    </div>
  );
}

/** "words 3–17, then they part" */
function sayWords({ word, words }: TreeNode, parts: boolean): string {
  const range = words === 1 ? `word ${word}` : `words ${word}–${word + words - 1}`;
  return [words === 0 ? 'no words' : range, ...(parts ? ['then they part'] : [])].join(', ');
}

function End({ end, trace }: { end: NonNullable<TreeNode['end']>; trace: Trace }) {
  const more = end.runs.length - runsAtOnce;
  return (
    <p className="mt-1 flex flex-wrap items-center gap-1 text-[13px]">
      <VariantChip letter={end.letter} />
      <span className="me-1 text-dim">ends here: {end.runs.length === 1 ? 'run' : 'runs'}</span>
      {end.runs.slice(0, runsAtOnce).map((run) => (
        <button
          key={run}
          type="button"
          aria-label={`Trace run ${run}`}
          aria-pressed={trace.pinned === run}
          onPointerEnter={() => trace.look(run)}
          onPointerLeave={() => trace.look(null)}
          onFocus={() => trace.look(run)}
          onBlur={() => trace.look(null)}
          onClick={() => trace.pin(run)}
          className="min-h-6 min-w-6 rounded-full border border-control px-1 tabular-nums hover:bg-panel aria-pressed:border-2 aria-pressed:border-ink aria-pressed:font-bold pointer-coarse:min-h-11 pointer-coarse:min-w-11"
        >
          {run}
        </button>
      ))}
      {more > 0 && <span className="text-dim">and {more} more</span>}
    </p>
  );
}
