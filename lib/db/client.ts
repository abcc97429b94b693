import { PrismaPg } from '@prisma/adapter-pg'
import pg from 'pg'
import type { Officer } from '@/lib/auth/officer'
import { directly } from './direct'
import { type Prisma, PrismaClient } from './generated/client'
import { beginning, Client, plainBegin, type Transaction } from './transaction'

/** Which rights a process works with; see prisma/migrations/0003_access. The owner is for migrations and seeds. */
export type Side = 'worker' | 'gate' | 'authority' | 'firm' | 'owner'
export type DatabaseUrls = Partial<Record<Side, string>>

/** The inside of one transaction. Every function of lib/db takes one first. */
export type Tx = Prisma.TransactionClient

type Connection = { url: string; pool: pg.Pool; prisma: PrismaClient }

// On globalThis: Next bundles this module more than once, and each copy would open pools of its own.
const key = Symbol.for('plimsoll.database')
const place = globalThis as { [key]?: Map<Side, Connection> }
place[key] ??= new Map()
const connections = place[key]

/**
 * Says which addresses this process may use; connects at the first query. Called by the entry points, which read
 * lib/env. Again with the same addresses does nothing; with others it throws: closeDatabase first.
 * @param poolSize connections a side, at most
 */
export function connectDatabase(urls: DatabaseUrls, { poolSize = 10 }: { poolSize?: number } = {}): void {
  for (const [side, url] of Object.entries(urls) as [Side, string | undefined][]) {
    if (!url || connections.get(side)?.url === url) continue
    if (connections.has(side))
      throw new Error(`Database side ${side} is connected to another address already`)
    connections.set(side, connect(side, url, poolSize))
  }
}

export async function closeDatabase(): Promise<void> {
  const open = [...connections.values()]
  connections.clear()
  await Promise.all(open.map(({ prisma, pool }) => prisma.$disconnect().then(() => pool.end())))
}

/** One transaction as this officer, on the authority's or the firm's role: row security lets through what is theirs. */
export function withActor<T>(officer: Officer, work: (tx: Tx) => Promise<T>): Promise<T> {
  return actAs(officer, work)
}

/**
 * The same for reading only, and all of it at one moment: what is read belongs to one block, also if the next one
 * is written meanwhile. A write inside fails.
 */
export function withSnapshot<T>(officer: Officer, work: (tx: Tx) => Promise<T>): Promise<T> {
  return actAs(officer, work, true)
}

/** One transaction of sign-in, sessions and public pages, before anybody is known. */
export function withGate<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
  return transact('gate', work)
}

/** The same without a transaction, for what asks once: each statement stands for itself. */
export function askGate<T>(work: (db: Tx) => Promise<T>): Promise<T> {
  const { prisma, pool } = connectionOf('gate')
  return work(directly(prisma, (statement) => pool.query(statement)))
}

/** One transaction of the worker. */
export function withWorker<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
  return transact('worker', work, { timeout: 120_000 })
}

/** For seeds: people, wallets, customers and settings are all that the owner may touch. */
export function withOwner<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
  return transact('owner', work, { timeout: 120_000 })
}

/** The worker's connections without Prisma, for the indexer's bulk writes and for locks. */
export const workerPool = (): pg.Pool => connectionOf('worker').pool

function actAs<T>(officer: Officer, work: (tx: Tx) => Promise<T>, snapshot = false): Promise<T> {
  const { side, personId, role, firmId } = officer
  const settings = Object.entries({
    'app.person_id': personId,
    'app.role': role,
    'app.firm_id': firmId === null ? '' : String(firmId),
  })
  // `true`: until the end of this transaction, so that the next one on this connection starts as nobody.
  const asOfficer = settings.map(([name, value]) => `set_config('${name}', ${pg.escapeLiteral(value)}, true)`)
  const begin = snapshot ? 'BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY' : plainBegin
  const transaction: Transaction = { begin: `${begin}; SELECT ${asOfficer.join(', ')}` }
  if (!snapshot) return transact(side, work, { transaction })
  const read = (tx: Tx) => work(directly(tx, (statement) => transaction.client!.ask(transaction, statement)))
  return transact(side, read, { transaction })
}

type Options = { timeout?: number; transaction?: Transaction }

const transact = <T>(
  side: Side,
  work: (tx: Tx) => Promise<T>,
  { timeout = 15_000, transaction = { begin: plainBegin } }: Options = {},
): Promise<T> =>
  beginning.run(transaction, () => connectionOf(side).prisma.$transaction(work, { maxWait: 15_000, timeout }))

function connectionOf(side: Side): Connection {
  const connection = connections.get(side)
  if (connection) return connection
  throw new Error(`This process was given no address for the database side "${side}" (connectDatabase)`)
}

/**
 * What a screen asks is a page in the order of an index, and row security's two sides of a transfer make PostgreSQL
 * expect fewer rows than there are: left alone it gathers all and sorts them. So: pages are in memory, and no bitmaps,
 * compilers or second processes for a page.
 */
const walking = Object.entries({
  seq_page_cost: '0.1',
  random_page_cost: '0.1',
  enable_bitmapscan: 'off',
  jit: 'off',
  max_parallel_workers_per_gather: '0',
})
  .map(([name, value]) => `-c ${name}=${value}`)
  .join(' ')

function connect(side: Side, url: string, poolSize: number): Connection {
  const patient = side === 'worker' || side === 'owner'
  const pool = new pg.Pool({
    Client,
    connectionString: url,
    max: poolSize,
    application_name: `plimsoll ${side}`,
    connectionTimeoutMillis: 5_000,
    idleTimeoutMillis: 30_000,
    lock_timeout: 5_000,
    statement_timeout: patient ? 120_000 : 15_000,
    idle_in_transaction_session_timeout: patient ? 120_000 : 20_000,
    ...(!patient && { options: walking }),
  })
  // A connection that breaks while idle is dropped and replaced by the pool; without a listener it ends the process.
  pool.on('error', () => {})
  return { url, pool, prisma: new PrismaClient({ adapter: new PrismaPg(pool) }) }
}
