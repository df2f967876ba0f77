import type { Config } from 'tailwindcss';
import plugin from 'tailwindcss/plugin';
import { maxColumns } from './components/views/max-columns';
import { palette } from './lib/palette';

const names = Object.keys(palette);
const shades = Object.entries(palette).map(([name, { light, dark }]) => [`--${name}`, `light-dark(${light}, ${dark})`]);

/** Where so many columns, as `data-columns` of their container says, have less room than 16.5rem each; never on paper. */
const crowded = Array.from({ length: maxColumns - 1 }, (_, index) => index + 2).map(
  (columns) =>
    `@media screen { @container columns (width < ${17.25 * columns - 0.75}rem) { [data-columns="${columns}"] & } }`,
);

/** Colours are lib/palette.ts, as variables: what is printed, or a part of a page, can set them anew. */
export default {
  content: ['./app/**/*.tsx', './components/**/*.tsx'],
  theme: {
    extend: {
      colors: Object.fromEntries(names.map((name) => [name, `var(--${name})`])),
      animation: { grow: 'grow 200ms ease-out', drop: 'drop 240ms ease-in', join: 'join 240ms ease-out' },
      keyframes: {
        grow: { from: { transform: 'scaleX(0)' } },
        drop: { from: { transform: 'translateY(-2rem)', opacity: '0' } },
        join: { from: { transform: 'translateY(-0.75rem)', opacity: '0' } },
      },
      fontFamily: {
        sans: ['var(--font-controls-more)', 'var(--font-controls)', 'system-ui', 'sans-serif'],
        serif: ['var(--font-texts-more)', 'var(--font-texts)', 'Georgia', 'serif'],
      },
      // Sizes in rem, which grow with the page on a projector, and line heights without a unit, so that what is small in a
      // line does not make it taller. The smallest take the line that they are in.
      fontSize: {
        finest: '0.6875rem',
        finer: '0.75rem',
        fine: '0.8125rem',
        sm: ['0.875rem', '1.4286'],
        base: ['0.9375rem', '1.4667'],
        reading: ['var(--reading, 1.0625rem)', '1.5294'],
        lg: ['1.125rem', '1.4444'],
        xl: ['1.375rem', '1.2727'],
        '2xl': ['1.625rem', '1.2308'],
      },
    },
  },
  plugins: [
    plugin(({ addBase, addVariant }) => {
      addBase({ ':root': Object.fromEntries(shades) });
      addVariant('crowded', [...crowded, '@media screen { [data-columns="any"] & }']);
    }),
  ],
} satisfies Config;
