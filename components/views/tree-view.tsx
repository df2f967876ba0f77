import { memo } from 'react';
import { Checkbox } from '@/components/ui/checkbox';
import type { Alignment } from '@/lib/compare/align/alignment';
import type { TreeNode } from '@/lib/compare/measure/tree';
import type { TreeModel } from '@/lib/compare/results';
import { Outliers } from './outliers';
import { TraceProvider } from './run-tracer';
import { TreeList } from './tree-list';
import { TreePicture } from './tree-picture';
import { usePrinting } from './use-printing';
import { VariantGraph } from './variant-graph';

type TreeViewProps = {
  tree: TreeModel;
  /** what the reader has chosen; the tree of that kind may still be on its way */
  rejoined: boolean;
  onRejoin: (rejoined: boolean) => void;
};

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
  const printing = usePrinting();
  if (!root) return <p className="text-sm">Nothing to compare.</p>;
  return (
    <>
      <p className="max-w-prose text-sm">
        {printing ? (
          'What runs share stands once. Where their texts part, each branch stands below, indented.'
        ) : (
          <>
            A strand for each text, and for each group that is folded away, the thicker the more runs it has. They go
            together as far as the texts are the same, and part where those do. Point at a branch, or press it, to read
            all of it.
          </>
        )}
        {hasProbabilities(root) && (
          <> A branch’s probability is what the model gave, where it forks, to the tokens with which it begins.</>
        )}
      </p>
      {printing ? <TreeList root={root} /> : <TreePicture root={root} />}
    </>
  );
}

function RejoinedTree({ alignment }: { alignment: Alignment }) {
  return (
    <>
      <p className="max-w-prose text-sm">
        Rejoined for reading. The model itself never goes back: after a fork each run has its own history.{' '}
        <span className="print:hidden">Point at the number of a run to see its path.</span>
      </p>
      <VariantGraph alignment={alignment} />
      <Outliers alignment={alignment} />
    </>
  );
}

const hasProbabilities = ({ probability, children }: TreeNode): boolean =>
  probability !== null || children.some(hasProbabilities);
