import { loadavg } from 'node:os'
import pg from 'pg'
import { freshDatabase } from '../postgres'
import { signInMany, startBare, startWeb } from './web-portal'
import { printDelivery, printShares } from './web-report'

type Options = {
  folder: string
  deploymentFile: string
  rows: number
  seconds: number
  readers: number
  /** Leave out the pages. */
  handlers: boolean
}

/** Tabs of one person that may listen: lib/live/crowd. */
const tabs = 5

export async function runWebBench(
  cluster: Parameters<typeof freshDatabase>[0],
  rpcUrl: string,
  { folder, deploymentFile, rows, seconds, readers, handlers }: Options,
): Promise<void> {
  Object.assign(process.env, {
    ...{ PUBLIC_ORIGIN: 'http://127.0.0.1:3000', AUTH_SECRET: 'Vx3dPq81LzRm5TkWn0YcJh7BsGf2AoEu' },
    ...{ RPC_URL: rpcUrl, CHAIN_ID: '31337', DEPLOYMENT_FILE: deploymentFile },
  })
  const { fillReadWorld } = await import('./read-world')
  const { compareRates, measureDelivery, recordPaths } = await import('./web')
  const database = await freshDatabase(cluster)
  const client = new pg.Client({ connectionString: database.superUrl })
  await client.connect()
  await fillReadWorld(client, rows)
  await client.end()
  const cookies = await signInMany(database, Math.ceil(readers / tabs))
  const paths = await recordPaths(database)
  const web = await startWeb(database, rpcUrl, deploymentFile)
  const bare = await startBare(folder, {
    urls: database.urls,
    paths: Object.fromEntries(paths.map(({ path, asked }) => [path, asked])),
  })
  try {
    console.log(`Load ${loadavg()[0]?.toFixed(1)}, ${rows} transfers`)
    const portalSide = { ...web, headers: { cookie: cookies[0]! } }
    const measured = paths.filter(({ kind }) => kind === 'handler' || !handlers)
    await printShares(compareRates(measured, portalSide, { ...bare, headers: {} }, seconds))
    console.log(`Load ${loadavg()[0]?.toFixed(1)}`)
    const portal = await measureDelivery(database, readers, 20, (reader) => ({
      url: `${web.origin}/api/live`,
      headers: { cookie: cookies[Math.floor(reader / tabs)]! },
    }))
    const beside = await measureDelivery(database, readers, 20, () => ({
      url: `${bare.origin}/live`,
      headers: {},
    }))
    printDelivery(portal, beside)
  } finally {
    web.stop()
    bare.stop()
  }
}
