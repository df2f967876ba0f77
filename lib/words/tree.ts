import type { TreeNode } from '@/lib/compare/measure/tree';
import { counted } from './english';
import { sayStretch } from './marks';
import { sayProbability } from './probability';

/** A branch without its text: "3 of 5 runs · probability 41 % · words 4–10, then they part". */
export const sayBranch = (node: TreeNode, runsInAll: number): string =>
  [
    `${node.runs.length} of ${counted(runsInAll, 'run')}`,
    ...(node.probability ? [`probability ${sayProbability(node.probability)}`] : []),
    sayStretch(node, node.children.length > 0),
  ].join(' · ');

/** Runs whose text ends where others go on: "2 of 5 runs end here". */
export const sayEnd = (runs: number, runsInAll: number): string =>
  `${runs} of ${counted(runsInAll, 'run')} ${runs === 1 ? 'ends' : 'end'} here`;
