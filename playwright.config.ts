import { defineConfig, devices } from '@playwright/test'

/** Journeys run against a portal that is up: `npm test` starts one of its own and gives its address. */
export default defineConfig({
  testDir: 'e2e',
  outputDir: 'test-results',
  fullyParallel: false,
  // One portal, one chain, one history: journeys would trip over each other.
  workers: 1,
  // A shared CI machine may stall for longer than any time-out here; a second failure is one of ours.
  retries: process.env.CI ? 1 : 0,
  forbidOnly: true,
  timeout: 90_000,
  expect: { timeout: 15_000 },
  reporter: process.env.PLAYWRIGHT_JSON_OUTPUT_NAME ? [['list'], ['json']] : [['list']],
  use: {
    ...devices['Desktop Chrome'],
    baseURL: process.env.PLIMSOLL_ADDRESS ?? 'http://127.0.0.1:3000',
    trace: 'retain-on-failure',
    screenshot: 'only-on-failure',
    launchOptions: {
      ...(process.env.PLIMSOLL_BROWSER && { executablePath: process.env.PLIMSOLL_BROWSER }),
      // No sandbox as root; and a browser that is not asked to keeps no company with hosts of its own.
      args: [
        '--no-sandbox',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
        '--disable-quic',
      ],
    },
  },
})
