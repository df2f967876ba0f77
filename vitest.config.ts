import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  resolve: { alias: { '@': fileURLToPath(new URL('.', import.meta.url)) } },
  test: {
    include: ['{app,components,lib}/**/*.test.{ts,tsx}'],
    coverage: {
      include: ['lib/{recipe,run,compare,seedling}/**/*.ts'],
      exclude: ['**/*.test.ts', '**/*.contract.ts'],
    },
  },
});
