import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const pure = ['api', 'compare', 'export', 'lens', 'lessons', 'recipe', 'run', 'seedling', 'session', 'words'];
const inPure = `lib/{${pure.join(',')}}/**/*.test.ts`;

export default defineConfig({
  resolve: { alias: { '@': fileURLToPath(new URL('.', import.meta.url)) } },
  test: {
    // These end what will never come; nothing waits for them where all is well, however busy the machine is.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    projects: [
      // Nothing in these rooms can be left behind for the next file, so they share what they import.
      { extends: true, test: { name: 'pure', include: [inPure], isolate: false } },
      {
        extends: true,
        test: { name: 'rest', include: ['{app,components,lib}/**/*.test.{ts,tsx}'], exclude: [inPure] },
      },
    ],
    coverage: {
      include: pure.map((room) => `lib/${room}/**/*.ts`),
      exclude: ['**/*.test.ts', '**/*.contract.ts', '**/*.fixture.ts'],
      reporter: ['json-summary', 'json', 'text-summary'],
    },
  },
});
