import { glance, type TreeNode } from '@/lib/compare/measure/tree';

/** How much of a tree is drawn: nodes that are not in it are folded away, with all below them. */
export type Shown = ReadonlySet<TreeNode>;

/** Runs on their way through the tree: of one variant, or folded away together, with the letter of the most common one. */
type Strand = { letter: string; runs: number; variants: number };

/**
 * A part of the tree with a place of its own: a branch; the end of those runs that stop where others go on; or what a fork with
 * branches to be seen has folded away. `folded` counts the node's branches that are not shown: of a fork that is not shown at all
 * they are behind the branch that leads to it.
 */
export type Twig = {
  /** the way from the root: '0' for itself, '0.2' for its third branch, '0.end', '0.folded' */
  id: string;
  kind: 'branch' | 'end' | 'folded';
  /** the node itself, or that at whose end this is */
  node: TreeNode;
  folded: number;
  strands: Strand[];
  twigs: Twig[];
};

/** A twig in its place, in pixels from the picture's upper left corner. Its strands are below its text, from `line` on. */
export type PlacedTwig = Twig & { x: number; y: number; width: number; line: number; thickness: number };

/** A strand between a twig and the next one, or along a twig: from the left to the right, `thickness` high. */
export type Ribbon = {
  twig: string;
  letter: string;
  x1: number;
  y1: number;
  x2: number;
  y2: number;
  thickness: number;
};

/** The twigs come as one reads a list of them: each before those that go on from it. */
export type TreeLayout = { width: number; height: number; placed: PlacedTwig[]; ribbons: Ribbon[] };

/** Two lines of text. */
export const textHeight = 42;
/** The button that unfolds what is folded: at its strand's end, as wide as "+1000 more". */
export const foldSize = { width: 88, height: 28 };
const gapBelow = 10;
/** Between the end of a branch and the beginning of those after it. */
const curve = 40;
/** Where nothing stands to its right a branch has at least this width, or half of the picture. */
const leafWidth = 250;
/** A letter of the text, on average. */
const letterWidth = 7.2;
/** How wide columns of branches may be: as wide as they need, or less, so that all fit. */
const columnWidths = [420, 220, 116] as const;
const narrow = 116;
/** The width of a root without words. */
const stub = 52;
const rootThickness = 40;
const [thinnest, thickest] = [2, 9];
/** How many nodes are shown at first, and what makes them fewer: the height that a reader scrolls through. */
const [mostNodes, fewestNodes] = [40, 4];
export const tallest = 1100;

/** What is shown of a tree at first: those nodes that the most runs go through, as many as the width and a page's height have room for. */
export function shownAtFirst(root: TreeNode, width: number): Shown {
  const forks = 1 + Math.floor((width - leafIn(width) - Math.min(narrow, neededBy(root)) - curve) / (narrow + curve));
  for (let nodes = mostNodes; ; nodes -= 2) {
    const shown = glance(root, nodes, Math.max(1, forks));
    if (nodes <= fewestNodes || layOut(twigsOf(root, shown), width).height <= tallest) return shown;
  }
}

const leafIn = (width: number): number => Math.min(leafWidth, width / 2);

/** The shown part of a tree, as twigs. */
export function twigsOf(node: TreeNode, shown: Shown, id = '0'): Twig {
  const { end } = node;
  const children = node.children.filter((child) => shown.has(child));
  const folded = node.children.length - children.length;
  const behind = strandOfAll(node.children.filter((child) => !shown.has(child)).flatMap(endsOf));
  if (children.length === 0)
    return { ...tipOf(node, id, 'branch'), folded, strands: [...(end ? [strandOf(end)] : []), ...behind] };
  const twigs = children.map((child, at) => twigsOf(child, shown, `${id}.${at}`));
  if (end) twigs.push({ ...tipOf(node, `${id}.end`, 'end'), strands: [strandOf(end)] });
  if (folded > 0) twigs.push({ ...tipOf(node, `${id}.folded`, 'folded'), folded, strands: behind });
  return { ...tipOf(node, id, 'branch'), strands: twigs.flatMap(({ strands }) => strands), twigs };
}

const tipOf = (node: TreeNode, id: string, kind: Twig['kind']): Twig => ({
  id,
  kind,
  node,
  folded: 0,
  strands: [],
  twigs: [],
});

type End = NonNullable<TreeNode['end']>;

const strandOf = ({ letter, runs }: End): Strand => ({ letter, runs: runs.length, variants: 1 });

/** The strand of texts that are not shown apart; none of none. */
function strandOfAll(ends: readonly End[]): Strand[] {
  const [first] = ends;
  if (!first) return [];
  const common = ends.reduce((most, end) => (end.runs.length > most.runs.length ? end : most), first);
  return [{ letter: common.letter, runs: ends.reduce((sum, { runs }) => sum + runs.length, 0), variants: ends.length }];
}

const endsOf = ({ end, children }: TreeNode): End[] => [...(end ? [end] : []), ...children.flatMap(endsOf)];

/**
 * Places a tree from left to right on at least so many pixels: a column for each fork on the way, a row for each end, whose
 * text takes all of the width that is left. The more runs a strand has the thicker it is.
 */
export function layOut(root: Twig, atLeast: number): TreeLayout {
  const columns = columnsOf(root, atLeast);
  const starts = columns.map((_, depth) => columns.slice(0, depth).reduce((sum, each) => sum + each, 0));
  const width = Math.max(atLeast, (starts.at(-1) ?? 0) + leafIn(atLeast));
  const unit = unitOf(root);
  let height = 0;
  /** The twig in its place, then all after it. */
  const place = (twig: Twig, depth: number): PlacedTwig[] => {
    const next = twig.twigs.map((each) => place(each, depth + 1));
    const first = next[0]?.[0];
    const thickness = thicknessOf(twig, unit);
    const x = starts[depth] ?? 0;
    const end = first ? x + (columns[depth] ?? 0) - curve : width;
    const above = twig.kind === 'folded' ? Math.max(0, (foldSize.height - thickness) / 2) : textHeight;
    // The branch of the most runs goes straight on, so the beginning is where one begins to read.
    const line = first?.line ?? height + above;
    if (!first) height = line + thickness + (twig.kind === 'folded' ? above : 0) + gapBelow;
    const own = twig.kind === 'folded' ? foldSize.width : end - x;
    return [{ ...twig, x, y: line - above, width: own, line, thickness }, ...next.flat()];
  };
  const placed = place(root, 0);
  return { width, height, placed, ribbons: ribbonsOf(placed, unit) };
}

/** How wide each column is, by what its branches have to say before they fork again, with the curves after it. */
function columnsOf(root: Twig, atLeast: number): number[] {
  const needs: number[] = [];
  const read = ({ node, twigs }: Twig, depth: number): void => {
    needs[depth] = Math.max(needs[depth] ?? 0, twigs.length > 0 ? neededBy(node) : 0);
    for (const twig of twigs) read(twig, depth + 1);
  };
  read(root, 0);
  const within = (most: number) => needs.map((need) => (need === 0 ? 0 : Math.min(need, most) + curve));
  const fits = (columns: readonly number[]) => columns.reduce((sum, each) => sum + each, leafIn(atLeast)) <= atLeast;
  return columnWidths.map(within).find(fits) ?? within(narrow);
}

/** The width in which two lines hold a text; of a root without one, that of its number. */
const neededBy = ({ text }: TreeNode): number =>
  text === '' ? stub : Math.max(narrow, (text.trim().length * letterWidth) / 2 + 64);

const unitOf = ({ node }: Twig): number => Math.min(thickest, rootThickness / node.runs.length);

const strandThickness = ({ runs }: Strand, unit: number): number => Math.max(thinnest, runs * unit);

const thicknessOf = ({ strands }: Twig, unit: number): number =>
  strands.reduce((sum, strand) => sum + strandThickness(strand, unit), 0);

/** The strands along every twig, one below another, and those that lead to it from the twig before. */
function ribbonsOf(placed: readonly PlacedTwig[], unit: number): Ribbon[] {
  /** How far down the end of a twig its strands have gone on. */
  const left = new Map<string, number>();
  return placed.flatMap((twig) => {
    const before = placed.find(({ id }) => id === parentOf(twig.id));
    let into = twig.line;
    return twig.strands.flatMap((strand): Ribbon[] => {
      const thickness = strandThickness(strand, unit);
      const middle = into + thickness / 2;
      into += thickness;
      const own = { twig: twig.id, letter: strand.letter, thickness };
      const end = twig.kind === 'folded' ? twig.x + foldSize.height / 2 : twig.x + twig.width;
      const along = { ...own, x1: twig.x, y1: middle, x2: end, y2: middle };
      if (!before) return [along];
      const from = left.get(before.id) ?? before.line;
      left.set(before.id, from + thickness);
      return [{ ...own, x1: before.x + before.width, y1: from + thickness / 2, x2: twig.x, y2: middle }, along];
    });
  });
}

/** The id of the twig before one; '' of the root. */
export const parentOf = (id: string): string => id.slice(0, Math.max(0, id.lastIndexOf('.')));
