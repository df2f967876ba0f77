import type { Config } from 'tailwindcss';
import plugin from 'tailwindcss/plugin';
import { palette } from './lib/palette';

const names = Object.keys(palette);
const shades = Object.entries(palette).map(([name, { light, dark }]) => [`--${name}`, `light-dark(${light}, ${dark})`]);

/** Colours are lib/palette.ts, as variables: what is printed, or a part of a page, can set them anew. */
export default {
  content: ['./app/**/*.tsx', './components/**/*.tsx'],
  theme: {
    extend: {
      colors: Object.fromEntries(names.map((name) => [name, `var(--${name})`])),
      // Below Tailwind's own sizes, and without a line height of their own. They grow with the page on a projector.
      animation: { grow: 'grow 200ms ease-out', drop: 'drop 240ms ease-in', join: 'join 240ms ease-out' },
      keyframes: {
        grow: { from: { transform: 'scaleX(0)' } },
        drop: { from: { transform: 'translateY(-2rem)', opacity: '0' } },
        join: { from: { transform: 'translateY(-0.75rem)', opacity: '0' } },
      },
      fontSize: { fine: '0.8125rem', finer: '0.75rem', finest: '0.6875rem' },
    },
  },
  plugins: [plugin(({ addBase }) => addBase({ ':root': Object.fromEntries(shades) }))],
} satisfies Config;
