import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

const root = fileURLToPath(new URL('.', import.meta.url))

export default defineConfig({
  resolve: {
    alias: [
      { find: /^@\//, replacement: root },
      { find: 'server-only', replacement: `${root}test/server-only.ts` },
    ],
  },
  test: {
    include: ['{lib,scripts,test,app,components,prisma}/**/*.test.{ts,tsx}'],
    exclude: ['**/node_modules/**', 'contracts/**', 'e2e/**', 'test/security/**'],
    globalSetup: 'test/global-setup.ts',
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 60_000,
    hookTimeout: 120_000,
  },
})
