import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

/** The pure rooms, and how many in a hundred of their branches tests must take. */
const pure = {
  ...{ api: 89, compare: 91, export: 96, gate: 89, lens: 89, lessons: 88 },
  ...{ recipe: 100, run: 100, sapling: 80, seedling: 81, session: 87, words: 96 },
};
const rooms = Object.keys(pure);
const inPure = `lib/{${rooms.join(',')}}/**/*.test.ts`;

export default defineConfig({
  resolve: { alias: { '@': fileURLToPath(new URL('.', import.meta.url)) } },
  test: {
    globalSetup: ['bin/kernel.mjs'],
    // These end what will never come; nothing waits for them where all is well, however busy the machine is.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    projects: [
      // Nothing in these rooms can be left behind for the next file, so they share what they import.
      { extends: true, test: { name: 'pure', include: [inPure], isolate: false } },
      {
        extends: true,
        test: { name: 'rest', include: ['{app,components,lib,training}/**/*.test.{ts,tsx}'], exclude: [inPure] },
      },
    ],
    coverage: {
      include: rooms.map((room) => `lib/${room}/**/*.ts`),
      exclude: ['**/*.test.ts', '**/*.contract.ts', '**/*.fixture.ts', '**/__fixtures__/**', 'lib/sapling/assembly/**'],
      thresholds: Object.fromEntries(Object.entries(pure).map(([room, branches]) => [`lib/${room}/**`, { branches }])),
      reporter: ['json', 'text-summary'],
    },
  },
});
