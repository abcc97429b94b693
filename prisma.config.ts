import { fileURLToPath } from 'node:url'
import { defineConfig } from 'prisma/config'

// The command line would fetch a native engine, ask for updates and count its use; we need and allow none of it.
// The only other reader of process.env beside lib/env.ts: the Prisma command line loads this file by itself.
process.env.PRISMA_SCHEMA_ENGINE_BINARY ??= fileURLToPath(
  new URL('./scripts/prisma/schema-engine.mjs', import.meta.url),
)
process.env.CHECKPOINT_DISABLE ??= '1'
process.env.PRISMA_HIDE_UPDATE_MESSAGE ??= '1'

export default defineConfig({
  schema: 'prisma/schema.prisma',
  migrations: { path: 'prisma/migrations' },
  datasource: { url: process.env.DATABASE_URL ?? 'postgresql://plimsoll_owner@127.0.0.1:5432/plimsoll' },
})
