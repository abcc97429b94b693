#!/usr/bin/env node
// `npm run db:generate`: writes lib/db/generated unless it is there and from this very schema.
import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..')
const output = path.join(root, 'lib/db/generated')
const stamp = path.join(output, '.schema-hash')
const require = createRequire(import.meta.url)

/** Returns whether anything was written. Takes about three seconds if so, none otherwise. */
export function generateClient() {
  const wanted = schemaHash()
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return false
  const cli = path.join(path.dirname(require.resolve('prisma/package.json')), 'build/index.js')
  execFileSync(process.execPath, [cli, 'generate'], { cwd: root, stdio: ['ignore', 'ignore', 'pipe'] })
  mkdirSync(output, { recursive: true })
  // Last, and in one step: a stamp without what it stands for would never be mended.
  writeFileSync(`${stamp}.${process.pid}`, wanted)
  renameSync(`${stamp}.${process.pid}`, stamp)
  return true
}

function schemaHash() {
  const { version } = require('prisma/package.json')
  const schema = readFileSync(path.join(root, 'prisma/schema.prisma'))
  return createHash('sha256').update(version).update(schema).digest('hex')
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  if (process.argv.includes('--force')) rmSync(stamp, { force: true })
  console.log(generateClient() ? 'Wrote lib/db/generated.' : 'lib/db/generated is up to date.')
}
