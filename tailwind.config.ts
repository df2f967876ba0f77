import type { Config } from 'tailwindcss';

/** Colours are named by what they mean; their values, light and dark, stand in app/globals.css. */
export default {
  content: ['./app/**/*.tsx', './components/**/*.tsx'],
  theme: {
    extend: {
      colors: {
        ground: 'var(--ground)',
        panel: 'var(--panel)',
        ink: 'var(--ink)',
        dim: 'var(--dim)',
        hairline: 'var(--hairline)',
        control: 'var(--control)',
        accent: 'var(--accent)',
        'on-accent': 'var(--on-accent)',
        replaced: 'var(--replaced)',
        'replaced-ink': 'var(--replaced-ink)',
        'replaced-line': 'var(--replaced-line)',
        added: 'var(--added)',
        'added-ink': 'var(--added-ink)',
        'added-line': 'var(--added-line)',
        good: 'var(--good)',
        caution: 'var(--caution)',
        failure: 'var(--failure)',
        chance: 'var(--chance)',
        'chance-line': 'var(--chance-line)',
      },
    },
  },
} satisfies Config;
