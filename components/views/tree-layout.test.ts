import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cases } from '@/lib/cases.fixture';
import { prefixTree, type TreeNode } from '@/lib/compare/measure/tree';
import { layOut, parentOf, type Twig, textHeight, twigsOf } from './tree-layout';

const every = (node: TreeNode): TreeNode[] => [node, ...node.children.flatMap(every)];

function tree(...texts: string[]): TreeNode {
  const root = prefixTree(texts.map((text, at) => ({ run: at + 1, text })));
  if (!root) throw new Error('No tree grew.');
  return root;
}

function whole(root: TreeNode): Twig {
  const all = new Set(every(root));
  return twigsOf(root, all, all);
}

const textsOf = (twig: Twig): unknown[] => [
  twig.kind === 'branch' ? twig.node.text : twig.kind,
  twig.strands.map(({ letter, runs }) => `${letter}${runs}`).join(' '),
  ...twig.twigs.map(textsOf),
];

describe('the twigs of a tree', () => {
  it('carry a strand for each text that goes through them', () => {
    expect(textsOf(whole(tree('the cat sat', 'the cat sat', 'the cat ran', 'the cat')))).toEqual([
      'the cat',
      'A2 B1 C1',
      [' sat', 'A2'],
      [' ran', 'B1'],
      ['end', 'C1'],
    ]);
  });

  it('fold away what is not shown, as one strand of its most common text, and keep its place when it is', () => {
    const root = tree('a x', 'a x', 'a x', 'a y', 'a z', 'a z w', 'a z w');
    const first = new Set([root, ...root.children.slice(0, 1)]);
    const twigs = twigsOf(root, first, first);
    expect(textsOf(twigs)).toEqual(['a', 'A3 B4', [' x', 'A3'], ['folded', 'B4']]);
    expect(twigs.strands.map(({ folded }) => folded)).toEqual([false, true]);
    expect(textsOf(twigsOf(root, new Set(every(root)), first)).at(-1)).toEqual(['folded', '']);
  });
});

describe('the layout of a tree', () => {
  const boats = tree('the old boat', 'the old boat', 'the old ship', 'a boat', 'a boat sank');

  it('goes from left to right over all of the width', () => {
    const { width, placed } = layOut(whole(boats), 1200);
    expect(width).toBe(1200);
    for (const twig of placed) {
      const before = placed.find(({ id }) => id === parentOf(twig.id));
      if (before) expect(twig.x).toBeGreaterThan(before.x + before.width);
      if (twig.twigs.length === 0) expect(twig.x + twig.width).toBe(1200);
    }
  });

  it('has the way of the most runs straight along its upper edge', () => {
    const straight = layOut(whole(boats), 900).placed.filter(({ id }) => /^0(\.0)*$/.test(id));
    expect(straight.map(({ node }) => node.text).join('')).toBe('the old boat');
    for (const { line } of straight) expect(line).toBe(textHeight);
  });

  it('is wider than a narrow page, rather than hard to read', () => {
    expect(layOut(whole(boats), 300).width).toBeGreaterThan(300);
    for (const { width } of layOut(whole(boats), 300).placed) expect(width).toBeGreaterThanOrEqual(116);
  });

  it('makes strands thicker by runs, down to what can be seen', () => {
    const { ribbons } = layOut(whole(boats), 900);
    const thickness = (letter: string) => ribbons.find((ribbon) => ribbon.letter === letter)?.thickness ?? 0;
    expect(thickness('A')).toBe(2 * thickness('B'));
    const many = tree(...Array.from({ length: 1000 }, (_, run) => (run === 0 ? 'one' : 'many')));
    expect(layOut(whole(many), 900).ribbons.map((ribbon) => ribbon.thickness)).toContain(2);
  });

  it('has no twig over another, none outside, and every strand from the root to its end', () => {
    const texts = fc.array(fc.array(fc.constantFrom('a ', 'b ', 'c ', 'd '), { maxLength: 6 }), {
      minLength: 1,
      maxLength: 14,
    });
    fc.assert(
      fc.property(texts, fc.integer({ min: 200, max: 1600 }), (lists, atLeast) => {
        const root = whole(tree(...lists.map((words) => words.join(''))));
        const { width, height, placed, ribbons } = layOut(root, atLeast);
        for (const [at, a] of placed.entries()) {
          expect(a.y).toBeGreaterThanOrEqual(0);
          expect(a.x + a.width).toBeLessThanOrEqual(width);
          expect(a.line + a.thickness).toBeLessThanOrEqual(height);
          for (const b of placed.slice(at + 1)) {
            const apart = a.x + a.width <= b.x || b.x + b.width <= a.x;
            const level = a.line + a.thickness <= b.line - textHeight || b.line + b.thickness <= a.line - textHeight;
            expect(apart || level).toBe(true);
          }
        }
        for (const { letter } of root.strands) {
          const own = ribbons.filter((ribbon) => ribbon.letter === letter);
          for (const ribbon of own.slice(1))
            expect(own.some(({ x2, y2 }) => x2 === ribbon.x1 && Math.abs(y2 - ribbon.y1) < 1e-6)).toBe(true);
        }
      }),
      { seed: 1, numRuns: cases(300) },
    );
  });
});
