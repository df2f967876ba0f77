import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cases } from '@/lib/cases.fixture';
import { prefixTree, type TreeNode } from '@/lib/compare/measure/tree';
import { layOut, parentOf, shownAtFirst, type Twig, tallest, textHeight, twigsOf } from './tree-layout';

const every = (node: TreeNode): TreeNode[] => [node, ...node.children.flatMap(every)];

function tree(...texts: string[]): TreeNode {
  const root = prefixTree(texts.map((text, at) => ({ run: at + 1, text })));
  if (!root) throw new Error('No tree grew.');
  return root;
}

const whole = (root: TreeNode): Twig => twigsOf(root, new Set(every(root)));

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

  it('fold away what is not shown, as one strand of its most common text', () => {
    const root = tree('a x', 'a x', 'a x', 'a y', 'a z', 'a z w', 'a z w');
    const twigs = twigsOf(root, new Set([root, ...root.children.slice(0, 1)]));
    expect(textsOf(twigs)).toEqual(['a', 'A3 B4', [' x', 'A3'], ['folded', 'B4']]);
    expect(twigs.strands.map(({ variants }) => variants)).toEqual([1, 3]);
    expect(twigs.twigs.map(({ folded }) => folded)).toEqual([0, 2]);
    expect(textsOf(twigsOf(root, new Set(every(root)))).flat(3)).not.toContain('folded');
  });

  it('fold a fork of which nothing is shown into the branch that leads to it', () => {
    const twigs = twigsOf(tree('a x', 'a x', 'a y', 'b'), new Set(tree('').children));
    expect(textsOf(twigs)).toEqual(['', 'A4']);
    expect(twigs.folded).toBe(2);
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
    for (const { node, width } of layOut(whole(boats), 300).placed)
      if (node.text !== '') expect(width).toBeGreaterThanOrEqual(116);
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
            const level = a.line + a.thickness <= b.y || b.line + b.thickness <= a.y;
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

  it('is at first no wider than the page, and no higher than a reader scrolls', () => {
    const words = fc.array(fc.constantFrom('once ', 'upon ', 'a ', 'time ', 'there ', 'was '), {
      minLength: 1,
      maxLength: 12,
    });
    const texts = fc.array(words, { minLength: 1, maxLength: 250 });
    fc.assert(
      fc.property(texts, fc.integer({ min: 290, max: 2400 }), (lists, atLeast) => {
        const root = tree(...lists.map((each) => each.join('')));
        const shown = shownAtFirst(root, atLeast);
        const { width, height } = layOut(twigsOf(root, shown), atLeast);
        expect(width).toBe(atLeast);
        expect(height).toBeLessThanOrEqual(tallest);
        expect(root.children.length === 0 || shown.size > 1).toBe(true);
      }),
      { seed: 2, numRuns: cases(200) },
    );
  });
});
