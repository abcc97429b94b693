import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import type { TestProject } from 'vitest/node'
import { closeDatabase, connectDatabase } from '@/lib/db/client'
import { foundLedger } from '@/prisma/seed/found'
import { demonstrationPassword, seedPeople } from '@/prisma/seed/people'
import { startChain } from '@/scripts/local/chain'
import { anyFreePort } from '@/scripts/local/ports'
import { startTestCluster } from '../cluster'
import { freshDatabase } from '../postgres'

declare module 'vitest' {
  interface ProvidedContext {
    portal: { origin: string; password: string; superUrl: string }
  }
}

/** The production build as it would run, on a database and a chain of its own, with the demonstration's people. */
export default async function setup(project: TestProject) {
  if (!existsSync('.next/BUILD_ID')) throw new Error('There is no production build. Run: npx next build')
  const place = mkdtempSync(join(tmpdir(), 'plimsoll-security-'))
  const cluster = await startTestCluster()
  const database = await freshDatabase(cluster)
  connectDatabase({ owner: database.ownerUrl })
  const chain = await startChain({ chainId: 31337, detached: false })
  await seedPeople({ chainId: chain.chainId })
  await closeDatabase()
  const deploymentFile = join(place, 'deployment.json')
  writeFileSync(deploymentFile, JSON.stringify(await foundLedger(chain.rpcUrl, chain.chainId)))

  const port = await anyFreePort()
  const origin = `http://127.0.0.1:${port}`
  const web = startWeb(port, {
    PUBLIC_ORIGIN: origin,
    AUTH_SECRET: 'Vx3dPq81LzRm5TkWn0YcJh7BsGf2AoEu',
    DATABASE_URL_GATE: database.urls.gate,
    DATABASE_URL_AUTHORITY: database.urls.authority,
    DATABASE_URL_FIRM: database.urls.firm,
    RPC_URL: chain.rpcUrl,
    CHAIN_ID: String(chain.chainId),
    DEPLOYMENT_FILE: deploymentFile,
    DEMO: '1',
  })
  await isUp(web, origin)
  project.provide('portal', { origin, password: demonstrationPassword, superUrl: database.superUrl })

  return async () => {
    web.kill()
    await chain.stop()
    await cluster.stop()
    rmSync(place, { recursive: true, force: true })
  }
}

function startWeb(port: number, settings: Record<string, string>): ChildProcess {
  const env = {
    PATH: process.env.PATH,
    NODE_ENV: 'production',
    PORT: String(port),
    __NEXT_PROCESSED_ENV: 'true',
  } as const
  // As scripts/local/supervise starts it: the framework treats rewrites differently where it is told a host.
  const args = ['node_modules/next/dist/bin/next', 'start', '-H', '127.0.0.1', '-p', String(port)]
  return spawn(process.execPath, args, {
    env: { ...env, ...settings },
    stdio: ['ignore', process.env.WEB_LOG ? 'inherit' : 'ignore', 'inherit'],
  })
}

async function isUp(web: ChildProcess, origin: string): Promise<void> {
  for (let i = 0; i < 300; i++) {
    if (web.exitCode !== null) throw new Error('The web process ended before it answered')
    const up = await fetch(`${origin}/api/health`).then(
      (response) => response.ok,
      () => false,
    )
    if (up) return
    await pause(100)
  }
  throw new Error('The web process did not answer within 30 s')
}
