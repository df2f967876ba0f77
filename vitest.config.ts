import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  resolve: { alias: { '@': fileURLToPath(new URL('.', import.meta.url)) } },
  test: {
    // Training takes half a second on a quiet machine and several on a busy one.
    testTimeout: 30_000,
    hookTimeout: 60_000,
    include: ['{app,components,lib}/**/*.test.{ts,tsx}'],
    coverage: {
      include: ['lib/{recipe,run,compare,seedling}/**/*.ts'],
      exclude: ['**/*.test.ts', '**/*.contract.ts'],
    },
  },
});
