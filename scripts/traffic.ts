import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { env } from '@/lib/env'
import { SEED } from '@/prisma/seed/plan'
import { openTraffic } from '@/prisma/seed/traffic'

/** Keeps transfers coming in the demonstration, while the file `traffic-paused` is not in the state directory. */
const { rpcUrl, deployment, deploymentFile, demo } = env()
if (!demo) throw new Error('Traffic is generated in demonstration mode only.')
const stateDir = dirname(deploymentFile)
const { end } = JSON.parse(readFileSync(join(stateDir, 'ledger.json'), 'utf8')) as { end: number }
const traffic = openTraffic({ rpcUrl, deployment, seed: SEED, end })

for (;;) {
  if (!existsSync(join(stateDir, 'traffic-paused'))) {
    await traffic.send().catch((error: Error) => console.error(`Traffic: ${error.message}`))
  }
  await pause(traffic.rest())
}
