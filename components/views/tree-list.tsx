import { VariantChip } from '@/components/ui/variant-chip';
import type { TreeNode } from '@/lib/compare/measure/tree';
import { sayRuns } from '@/lib/words/runs';
import { sayBranch, sayEnd } from '@/lib/words/tree';
import { drawStart } from './tree-text';

/** The tree on paper, where nothing can be pointed at or scrolled to: all of it, each branch indented under the one before. */
export function TreeList({ root }: { root: TreeNode }) {
  return (
    <ul aria-label="Tree of texts">
      <Branch node={root} runsInAll={root.runs.length} />
    </ul>
  );
}

function Branch({ node, runsInAll }: { node: TreeNode; runsInAll: number }) {
  const { text, end, children } = node;
  return (
    <li className="mt-2 border-control border-s ps-3">
      <p className="text-dim text-fine">{sayBranch(node, runsInAll)}</p>
      <p dir="auto" className="whitespace-pre-wrap break-words">
        {text === '' ? <em>{children.length > 0 ? 'nothing shared' : 'no text'}</em> : drawStart(text)}
      </p>
      {end && (
        <p className="text-fine">
          <VariantChip letter={end.letter} /> {sayEnd(end.runs.length, runsInAll)} ({sayRuns(end.runs)})
        </p>
      )}
      {children.length > 0 && (
        <ul>
          {children.map((child) => (
            <Branch key={child.runs[0]} node={child} runsInAll={runsInAll} />
          ))}
        </ul>
      )}
    </li>
  );
}
