import type { TreeNode } from '@/lib/compare/measure/tree';

/** How much of a tree is drawn: nodes that are not in it are folded away, with all below them. */
export type Shown = ReadonlySet<TreeNode>;

/**
 * Runs of one variant on their way through the tree; or those that are folded away together, with the letter of the most
 * common variant among them, whose colour the strand has.
 */
type Strand = { letter: string; runs: number; folded: boolean };

/**
 * A part of the tree with a place of its own: a branch; the end of those runs that stop where others go on; or what a fork has
 * folded away, `shown` of whose branches are drawn.
 */
export type Twig = {
  /** the way from the root: '0' for itself, '0.2' for its third branch, '0.end', '0.folded' */
  id: string;
  kind: 'branch' | 'end' | 'folded';
  /** the node itself, or that at whose end this is */
  node: TreeNode;
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
const gapBelow = 12;
/** Between the end of a branch and the beginning of those after it. */
const curve = 44;
/** Where nothing stands to its right a branch has at least this width. */
const leafWidth = 250;
/** A letter of the text, on average. */
const letterWidth = 7.2;
const [narrow, medium, wide] = [116, 220, 420];
const rootThickness = 40;
const [thinnest, thickest] = [2, 9];

/** The shown part of a tree, as twigs. */
export function twigsOf(node: TreeNode, shown: Shown, atFirst: Shown, id = '0'): Twig {
  const { end } = node;
  const children = node.children.filter((child) => shown.has(child));
  const twigs = children.map((child, at) => twigsOf(child, shown, atFirst, `${id}.${at}`));
  if (end && node.children.length > 0) twigs.push({ ...tipOf(node, `${id}.end`, 'end'), strands: [strandOf(end)] });
  // A fork that once had something folded away keeps the place, so that nothing jumps when the last of it is shown.
  if (node.children.some((child) => !atFirst.has(child))) {
    const folded = foldedOf(node.children.slice(children.length));
    twigs.push({ ...tipOf(node, `${id}.folded`, 'folded'), strands: folded ? [folded] : [] });
  }
  const own = end && twigs.length === 0 ? [strandOf(end)] : [];
  return { id, kind: 'branch', node, strands: [...own, ...twigs.flatMap(({ strands }) => strands)], twigs };
}

const tipOf = (node: TreeNode, id: string, kind: 'end' | 'folded') => ({ id, kind, node, twigs: [] });

type End = NonNullable<TreeNode['end']>;

const strandOf = ({ letter, runs }: End): Strand => ({ letter, runs: runs.length, folded: false });

/** The strand of branches that are not shown; null if all are. */
function foldedOf(branches: readonly TreeNode[]): Strand | null {
  const ends = branches.flatMap(endsOf);
  const [first] = ends;
  if (!first) return null;
  const common = ends.reduce((most, end) => (end.runs.length > most.runs.length ? end : most), first);
  return { letter: common.letter, runs: ends.reduce((sum, { runs }) => sum + runs.length, 0), folded: true };
}

const endsOf = ({ end, children }: TreeNode): End[] => [...(end ? [end] : []), ...children.flatMap(endsOf)];

/**
 * Places a tree from left to right on at least so many pixels: a column for each fork on the way, a row for each end, whose
 * text takes all of the width that is left. The more runs a strand has the thicker it is.
 */
export function layOut(root: Twig, atLeast: number): TreeLayout {
  const columns = columnsOf(root, atLeast);
  const starts = columns.map((_, depth) => columns.slice(0, depth).reduce((sum, each) => sum + each, 0));
  const width = Math.max(atLeast, (starts.at(-1) ?? 0) + leafWidth);
  const unit = unitOf(root);
  let height = 0;
  /** The twig in its place, then all after it. */
  const place = (twig: Twig, depth: number): PlacedTwig[] => {
    const next = twig.twigs.map((each) => place(each, depth + 1));
    const first = next[0]?.[0];
    const thickness = thicknessOf(twig, unit);
    const x = starts[depth] ?? 0;
    const end = first ? x + (columns[depth] ?? 0) - curve : width;
    // The branch of the most runs goes straight on, so the beginning is where one begins to read.
    const line = first?.line ?? height + textHeight;
    if (!first) height = line + thickness + gapBelow;
    return [{ ...twig, x, y: line - textHeight, width: end - x, line, thickness }, ...next.flat()];
  };
  const placed = place(root, 0);
  return { width, height, placed, ribbons: ribbonsOf(placed, unit) };
}

/** How wide each column is, by what its branches have to say before they fork again. */
function columnsOf(root: Twig, atLeast: number): number[] {
  const needs: number[] = [];
  const read = ({ node, twigs }: Twig, depth: number): void => {
    const own = twigs.length > 0 ? Math.max(narrow, (node.text.trim().length * letterWidth) / 2 + 64) : 0;
    needs[depth] = Math.max(needs[depth] ?? 0, own);
    for (const twig of twigs) read(twig, depth + 1);
  };
  read(root, 0);
  const within = (most: number) => needs.map((need) => (need === 0 ? 0 : Math.min(need, most) + curve));
  const roomy = within(wide);
  return roomy.reduce((sum, each) => sum + each, leafWidth) <= atLeast ? roomy : within(medium);
}

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
      const along = { ...own, x1: twig.x, y1: middle, x2: twig.x + twig.width, y2: middle };
      if (!before) return [along];
      const from = left.get(before.id) ?? before.line;
      left.set(before.id, from + thickness);
      return [{ ...own, x1: before.x + before.width, y1: from + thickness / 2, x2: twig.x, y2: middle }, along];
    });
  });
}

/** The id of the twig before one; '' of the root. */
export const parentOf = (id: string): string => id.slice(0, Math.max(0, id.lastIndexOf('.')));
