import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll } from 'vitest'
import type { Deployment } from '@/lib/chain/deployment'
import type { Source, Variable } from '@/lib/env'

/** A deployment of which nothing is on any chain, for tests that only compare addresses. */
export const nowhere = { chainId: 31337, orders: `0x${'0d'.repeat(20)}` } as unknown as Deployment

type Variables = Partial<Record<Variable, string>>
type Settings = Variables & { deployment?: Deployment }

/** More of it, or otherwise, from now on until the file ends. */
export const setEnvironment = (settings: Variables): void => void Object.assign(process.env, settings)

/** For as long as the work lasts; what it sets itself is taken back too. */
export async function withEnvironment(settings: Source, work: () => unknown): Promise<void> {
  const before = { ...process.env }
  try {
    Object.assign(process.env, settings)
    await work()
  } finally {
    process.env = before
  }
}

/** For the top of a test file: the configuration that lib/env reads, a valid one but for what is given. */
export function environmentForThisFile({ deployment = nowhere, ...settings }: Settings = {}): void {
  const before = { ...process.env }
  let place: string
  beforeAll(() => {
    place = mkdtempSync(join(tmpdir(), 'plimsoll-environment-'))
    const file = join(place, 'deployment.json')
    writeFileSync(file, JSON.stringify(deployment))
    Object.assign(process.env, {
      PUBLIC_ORIGIN: 'https://portal.example',
      AUTH_SECRET: 'Vx3dPq81LzRm5TkWn0YcJh7BsGf2AoEu',
      RPC_URL: 'http://127.0.0.1:1',
      CHAIN_ID: String(deployment.chainId),
      DEPLOYMENT_FILE: file,
      ...settings,
    })
  })
  afterAll(() => {
    process.env = before
    rmSync(place, { recursive: true, force: true })
  })
}
