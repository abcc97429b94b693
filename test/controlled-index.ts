import pg from 'pg'
import type { Address } from 'viem'
import { afterAll, beforeAll } from 'vitest'
import { createRpc } from '../lib/chain/rpc'
import { chainConfigOf } from '../lib/indexer/config'
import { catchUp, openSession, type Session } from '../lib/indexer/sync'
import { type ControlledLedger, startControlledLedger } from './controlled-ledger'
import { type FreshDatabase, freshDatabase } from './postgres'

export type ControlledIndex = {
  ledger: ControlledLedger
  database: FreshDatabase
  pool: pg.Pool
  session: Session
}

/** For the top of a test file: a controlled ledger and its index. What is `opened` is there once tests run. */
export function controlledIndexForThisFile() {
  let open: ControlledIndex
  beforeAll(async () => {
    const database = await freshDatabase()
    const pool = new pg.Pool({ connectionString: database.urls.worker, max: 4 })
    const ledger = await startControlledLedger()
    const config = chainConfigOf(ledger.deployment, 64)
    const rpc = createRpc(ledger.chain.rpcUrl)
    const session = await openSession(
      pool,
      { rpc, verification: config.verification, watch: config.watch },
      config,
    )
    open = { ledger, database, pool, session }
  }, 120_000)
  afterAll(async () => {
    await open.pool.end()
    await open.ledger.chain.stop()
    await open.database.drop()
  })

  return {
    opened: () => open,
    rows: async (statement: string) => (await open.pool.query(statement)).rows,
    /** Reads up to the newest block. */
    async index() {
      const head = await open.ledger.chain.request<string>('eth_blockNumber')
      await catchUp(open.session, BigInt(head))
    },
  }
}

export const moduleOf = ({ deployment }: ControlledLedger, kind: string, instrument = 0): Address =>
  deployment.instruments[instrument]!.modules!.find((module) => module.kind === kind)!.address

export const dateOf = (seconds: bigint) => new Date(Number(seconds) * 1000)
