import { existsSync } from 'node:fs';
import { defineConfig, devices } from '@playwright/test';
import { appUrl, stubKey, stubPort, stubUrl } from './e2e/support/addresses';

const browser = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(existsSync);

export default defineConfig({
  testDir: 'e2e',
  fullyParallel: true,
  workers: 2,
  // These end what will never come; nothing waits for them where all is well, however busy the machine is.
  timeout: 90_000,
  expect: { timeout: 20_000 },
  forbidOnly: true,
  // Shared machines stall now and then; a test that passes only the second time is reported as flaky.
  retries: process.env.CI ? 1 : 0,
  reporter: [['list'], ['json', { outputFile: '.cache/e2e.json' }]],
  // Recording each page costs more than the tests do; `--trace on` records what one wants to look at.
  use: { baseURL: appUrl, trace: 'on-first-retry' },
  projects: [
    {
      name: 'chromium',
      use: {
        ...devices['Desktop Chrome'],
        viewport: { width: 1440, height: 900 },
        launchOptions: {
          ...(browser ? { executablePath: browser } : {}),
          // Chromium's sandbox does not work for root; the pages are our own.
          args: process.getuid?.() === 0 ? ['--no-sandbox', '--disable-background-networking'] : [],
        },
      },
    },
  ],
  webServer: [
    { command: `node e2e/support/stub-upstream.ts ${stubPort}`, url: `${stubUrl}/calls` },
    {
      command: 'node bin/start.mjs',
      url: `${appUrl}/api/health`,
      env: {
        PORT: new URL(appUrl).port,
        OPENAI_API_KEY: stubKey,
        OPENAI_BASE_URL: `${stubUrl}/v1`,
        STUB_KEY: stubKey,
        SEEDBED_CONFIG: 'e2e/support/two-providers.json',
        // Longer than a page takes to come back, short enough that what tests leave behind does not pile up.
        RECONNECT_GRACE_MS: '15000',
        DATA_DIR: '.cache/e2e-data',
      },
    },
  ],
});
