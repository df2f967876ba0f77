import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

/** Benchmarks print figures and assert nothing: `npm run bench`. */
export default defineConfig({
  resolve: { alias: { '@': fileURLToPath(new URL('..', import.meta.url)) } },
  test: { include: ['bench/*.bench.ts'], testTimeout: 120_000 },
  root: fileURLToPath(new URL('..', import.meta.url)),
});
