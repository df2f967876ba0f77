import { memo, useMemo, useState } from 'react';
import { Checkbox } from '@/components/ui/checkbox';
import { ScrollRegion } from '@/components/ui/scroll-region';
import { ShowMore } from '@/components/ui/show-more';
import { VariantChip } from '@/components/ui/variant-chip';
import type { Alignment } from '@/lib/compare/align/alignment';
import { branchesAtOnce, glance, type TreeNode } from '@/lib/compare/measure/tree';
import type { TreeModel } from '@/lib/compare/results';
import { plural } from '@/lib/words/english';
import { sayStretch } from '@/lib/words/marks';
import { sayProbability } from '@/lib/words/probability';
import { drawSpace, LongText } from './long-text';
import { Outliers } from './outliers';
import { RunTracer, TraceProvider, useIsTraced } from './run-tracer';
import { VariantGraph } from './variant-graph';

type TreeViewProps = {
  tree: TreeModel;
  /** what the reader has chosen; the tree of that kind may still be on its way */
  rejoined: boolean;
  onRejoin: (rejoined: boolean) => void;
};

/** How many nodes are shown at first: those that the most runs go through. */
const nodesAtOnce = 60;

/** What runs share and where they part: as a tree that only branches, or rejoined where the words match again. */
export const TreeView = memo(function TreeView({ tree, rejoined, onRejoin }: TreeViewProps) {
  return (
    <div className="flex flex-col items-start gap-2">
      <Checkbox checked={rejoined} onChange={onRejoin} className="print:hidden">
        Rejoin when the words match again
      </Checkbox>
      <TraceProvider>
        {tree.kind === 'branching' ? <BranchingTree root={tree.root} /> : <RejoinedTree alignment={tree.alignment} />}
      </TraceProvider>
    </div>
  );
});

function BranchingTree({ root }: { root: TreeNode | null }) {
  if (!root) return <p className="text-sm">Nothing to compare.</p>;
  return (
    <>
      <p className="max-w-prose text-sm">
        What runs share is written once; it branches where they part. {pointAtRun}
        {hasProbabilities(root) && (
          <> A branch’s probability is what the model gave, where it forks, to the tokens with which it begins.</>
        )}
      </p>
      <ScrollRegion label="Tree of texts" className="w-full overflow-x-auto p-1 print:overflow-visible">
        <ul>
          <Subtree node={root} maxNodes={nodesAtOnce} depth={0} runsInAll={root.runs.length} />
        </ul>
      </ScrollRegion>
    </>
  );
}

const pointAtRun = <span className="print:hidden">Point at the number of a run to see its path.</span>;

function RejoinedTree({ alignment }: { alignment: Alignment }) {
  return (
    <>
      <p className="max-w-prose text-sm">
        Rejoined for reading. The model itself never goes back: after a fork each run has its own history. {pointAtRun}
      </p>
      <VariantGraph alignment={alignment} />
      <Outliers alignment={alignment} />
    </>
  );
}

const hasProbabilities = ({ probability, children }: TreeNode): boolean =>
  probability !== null || children.some(hasProbabilities);

/** On very wide screens the root's branches stand in columns, unless one is too deep to fit into a column. */
const maxDepthInColumns = 10;

const depthOf = ({ children }: TreeNode): number => 1 + Math.max(0, ...children.map(depthOf));

type SubtreeProps = {
  node: TreeNode;
  /** how many nodes stand above it */
  depth: number;
  runsInAll: number;
};

/** A part of the tree, of which at most `maxNodes` nodes are shown at first. */
function Subtree({ maxNodes, ...rest }: SubtreeProps & { maxNodes: number }) {
  const { node } = rest;
  const shownAtFirst = useMemo(() => glance(node, maxNodes), [node, maxNodes]);
  return <Branch {...rest} shownAtFirst={shownAtFirst} />;
}

// A line down from the parent node, which for its last branch ends at the line across.
const lines =
  'relative ps-5 pt-2 before:absolute before:start-0 before:top-0 before:h-full before:border-control before:border-s last:before:h-6 after:absolute after:start-0 after:top-6 after:w-5 after:border-control after:border-t';

type BranchProps = SubtreeProps & { shownAtFirst: ReadonlySet<TreeNode> };

/** A node with the branches below it: those that are shown at first, then more on demand. */
function Branch({ node, depth, runsInAll, shownAtFirst }: BranchProps) {
  const { runs, children } = node;
  const first = children.filter((child) => shownAtFirst.has(child));
  const [shown, setShown] = useState(first.length);
  const isTraced = useIsTraced();
  const below = { depth: depth + 1, runsInAll };
  return (
    <li className={depth === 0 ? '' : `${lines} ${depth === 1 ? 'break-inside-avoid' : ''}`}>
      <div
        data-traced={isTraced(runs) || undefined}
        // The thicker the edge, the more runs; the number says it too.
        style={{ borderInlineStartWidth: `${2 + Math.round((8 * runs.length) / runsInAll)}px` }}
        className="w-fit min-w-48 max-w-prose rounded-sm border border-hairline border-s-control bg-ground px-2 py-1 data-traced:border-s-ink data-traced:bg-panel data-traced:outline-2 data-traced:outline-ink data-traced:outline-offset-1"
      >
        <NodeText node={node} root={depth === 0} />
        <p className="text-fine text-dim tabular-nums">
          <strong className="text-ink">
            {runs.length} of {runsInAll} runs
          </strong>
          {' · '}
          {node.probability && `probability ${sayProbability(node.probability)} · `}
          {sayStretch(node, children.length > 0)}
        </p>
        {node.end && <End end={node.end} />}
      </div>
      {children.length > 0 && (
        <ul className={depth === 0 && depthOf(node) <= maxDepthInColumns ? 'ms-3 columns-[60rem]' : 'ms-3'}>
          {first.map((child) => (
            <Branch key={child.runs[0]} node={child} {...below} shownAtFirst={shownAtFirst} />
          ))}
          {children.slice(first.length, shown).map((child) => (
            <Subtree key={child.runs[0]} node={child} {...below} maxNodes={branchesAtOnce} />
          ))}
          {first.length < children.length && (
            <li className={lines}>
              <ShowMore shown={shown} of={children.length} step={branchesAtOnce} noun="branches" onMore={setShown} />
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
  // One space before a word is not worth a sign; any other white space may be all that tells two branches apart.
  const start = space === ' ' && words !== '' ? '' : drawSpace(space);
  const alone = node.runs.length === 1;
  return (
    <div dir="auto" className="whitespace-pre-wrap break-words">
      <LongText text={start + words} head={alone ? 8 : 16} tail={alone ? 0 : 8} />
    </div>
  );
}

/** The runs whose text ends at a node. */
function End({ end }: { end: NonNullable<TreeNode['end']> }) {
  return (
    <p className="mt-1 flex flex-wrap items-center gap-1 text-fine">
      <VariantChip letter={end.letter} />
      <span className="me-1 text-dim">ends here: {plural(end.runs.length, 'run')}</span>
      <RunTracer runs={end.runs} />
    </p>
  );
}
