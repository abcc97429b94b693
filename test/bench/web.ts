import pg from 'pg'
import { mintOfficer } from '@/lib/auth/officer'
import { closeDatabase, connectDatabase } from '@/lib/db/client'
import { getCustomersPage } from '@/lib/queries/customers'
import { getFirmsPage } from '@/lib/queries/firms'
import { getInstrumentsPage } from '@/lib/queries/instruments'
import { getLimitsPage } from '@/lib/queries/limits'
import { getOverviewPage } from '@/lib/queries/overview'
import { getNewTransfers, getTransfersPage } from '@/lib/queries/transfers'
import type { FreshDatabase } from '../postgres'
import { cpuOf } from './process-tree'
import { openStreams, sendRequests } from './web-load'
import { type Asked, recordStatements } from './web-record'

export type Asking = { path: string; kind: 'page' | 'handler'; asked: Asked[] }

const analyst = mintOfficer({
  ...{ personId: '00000000-0000-7000-8000-000000000001', sessionId: 'a'.repeat(64), username: 'analyst' },
  ...{
    name: 'Analyst',
    side: 'authority',
    role: 'analyst',
    firmId: null,
    chainPerson: `0x${'0'.repeat(64)}`,
  },
})

/** Every path that is measured, with what its own query sends to the database. */
export async function recordPaths({ urls }: FreshDatabase): Promise<Asking[]> {
  connectDatabase({ gate: urls.gate, authority: urls.authority, firm: urls.firm })
  const since = { block: '1', hash: `0x${'0'.repeat(64)}` }
  const paths: [string, Asking['kind'], () => Promise<unknown>][] = [
    ['/api/health', 'handler', async () => {}],
    [
      `/api/transfers/new?sinceBlock=${since.block}&sinceHash=${since.hash}`,
      'handler',
      () => getNewTransfers(analyst, {}, since),
    ],
    ['/', 'page', () => getOverviewPage(analyst)],
    ['/transfers', 'page', () => getTransfersPage(analyst, {})],
    ['/firms', 'page', () => getFirmsPage(analyst, {})],
    ['/customers', 'page', () => getCustomersPage(analyst, {})],
    ['/limits', 'page', () => getLimitsPage(analyst, {})],
    ['/instruments', 'page', () => getInstrumentsPage(analyst)],
  ]
  const recorded: Asking[] = []
  for (const [path, kind, work] of paths) {
    await work() // The first use of a connection says more than every other.
    recorded.push({ path, kind, asked: await recordStatements(work) })
  }
  await closeDatabase()
  return recorded
}

/** Requests a second, and milliseconds of the server's own processor time a request, its database's not included. */
export type Rate = { perSecond: number; cpuMs: number }
export type Share = { path: string; kind: Asking['kind']; portal: Rate; bare: Rate }
export type Server = { origin: string; pid: number; headers: Record<string, string> }

/** The framework is compiled as it runs, and takes so many requests to come to its speed; pages take long for as many. */
const warm = { handler: 3_000, page: 300 }

/** Warm, then by turns, twice each, so that what else the machine does falls on both. */
export async function* compareRates(
  paths: readonly Asking[],
  portal: Server,
  bare: Server,
  seconds: number,
): AsyncGenerator<Share> {
  for (const { path, kind } of paths) {
    for (const server of [portal, bare])
      await sendRequests(server.origin + path, server.headers, { seconds: 1, least: warm[kind] })
    const turns: Record<'portal' | 'bare', Turn[]> = { portal: [], bare: [] }
    for (let turn = 0; turn < 2; turn++) {
      turns.portal.push(await takeTurn(portal, path, seconds))
      turns.bare.push(await takeTurn(bare, path, seconds))
    }
    yield { path, kind, portal: rateOf(turns.portal), bare: rateOf(turns.bare) }
  }
}

type Turn = { count: number; seconds: number; cpu: number }

async function takeTurn({ origin, pid, headers }: Server, path: string, seconds: number): Promise<Turn> {
  const before = cpuOf(pid)
  const sent = await sendRequests(origin + path, headers, { seconds })
  return { ...sent, cpu: cpuOf(pid) - before }
}

function rateOf(turns: readonly Turn[]): Rate {
  const sum = (name: keyof Turn) => turns.reduce((total, turn) => total + turn[name], 0)
  return { perSecond: sum('count') / sum('seconds'), cpuMs: (sum('cpu') * 1_000) / sum('count') }
}

export type Delivery = { readers: number; told: number; milliseconds: number[] }

/** Blocks are announced one by one; how long until each reader is told of one. */
export async function measureDelivery(
  { superUrl }: FreshDatabase,
  readers: number,
  blocks: number,
  requestOf: Parameters<typeof openStreams>[1],
): Promise<Delivery> {
  const client = new pg.Client({ connectionString: superUrl })
  await client.connect()
  const streams = await openStreams(readers, requestOf)
  try {
    await new Promise((resolve) => setTimeout(resolve, 3_000))
    const milliseconds: number[] = []
    for (let block = 0; block < blocks; block++) {
      streams.forget()
      await client.query(`WITH next AS (
          INSERT INTO block (chain_id, number, hash, parent_hash, time, header)
          SELECT chain_id, number + 1, '0x' || md5(number::text) || md5((number + 1)::text), hash, time + interval '1 s', '{}'
          FROM cursor RETURNING *)
        UPDATE cursor SET number = next.number, hash = next.hash, time = next.time FROM next`)
      const since = performance.now()
      await client.query(
        `SELECT pg_notify('plimsoll_block', json_build_object('chainId', chain_id, 'block', number::text, 'hash', hash)::text) FROM cursor`,
      )
      await new Promise((resolve) => setTimeout(resolve, 1_500))
      milliseconds.push(...streams.heard(since))
    }
    return { readers: streams.opened, told: milliseconds.length, milliseconds }
  } finally {
    streams.close()
    await client.end()
  }
}
