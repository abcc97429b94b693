import { defineConfig } from 'vitest/config'

/** Against the production build: `npx next build`, then `npm run test:security`. */
export default defineConfig({
  resolve: {
    alias: { '@': import.meta.dirname, 'server-only': `${import.meta.dirname}/test/server-only.ts` },
  },
  test: {
    include: ['test/security/**/*.test.ts'],
    globalSetup: 'test/security/setup.ts',
    // One portal for all, and its limits count every client as one: files wait for each other.
    fileParallelism: false,
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
})
