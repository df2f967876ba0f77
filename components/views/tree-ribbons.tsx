import type { ComponentProps } from 'react';
import { colourOfVariant } from '@/lib/palette';
import type { PlacedTwig, Ribbon, TreeLayout } from './tree-layout';

type TreeRibbonsProps = ComponentProps<'svg'> & { layout: TreeLayout; traced: PlacedTwig | null };

/** The strands of a tree. Those that are not on the way through the traced twig are pale. */
export function TreeRibbons({ layout, traced, ...rest }: TreeRibbonsProps) {
  return (
    <svg aria-hidden viewBox={`0 0 ${layout.width} ${layout.height}`} {...rest}>
      {layout.ribbons.map((ribbon) => (
        <path
          key={`${ribbon.twig} ${ribbon.x1} ${ribbon.y2}`}
          d={pathOf(ribbon)}
          fill="none"
          strokeWidth={ribbon.thickness}
          stroke={`var(--${colourOfVariant(ribbon.letter)})`}
          opacity={!traced || isOnWay(ribbon, traced) ? 1 : 0.2}
        />
      ))}
    </svg>
  );
}

/** Whether a ribbon leads to a twig, or goes on from it. */
const isOnWay = ({ twig, letter }: Ribbon, { id, strands }: PlacedTwig): boolean =>
  (`${id}.`.startsWith(`${twig}.`) || `${twig}.`.startsWith(`${id}.`)) &&
  strands.some((strand) => strand.letter === letter);

function pathOf({ x1, y1, x2, y2 }: Ribbon): string {
  const middle = (x1 + x2) / 2;
  return y1 === y2 ? `M${x1} ${y1}H${x2}` : `M${x1} ${y1}C${middle} ${y1} ${middle} ${y2} ${x2} ${y2}`;
}
