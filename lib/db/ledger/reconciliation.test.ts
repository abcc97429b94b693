import pg from 'pg'
import { beforeAll, expect, test } from 'vitest'
import { databaseForThisFile } from '../../../test/database'
import { workerPool as pool, withWorker } from '../client'
import { findCursor } from '../cursor'
import { findLastReconciliation, listReconciliations } from '../reconciliation'
import { insertChain } from './chain'
import { insertReconciliation, isCompleteDue, type Reconciliation } from './reconciliation'
import { inTransaction } from './transaction'

const database = databaseForThisFile()

const chainId = 31337
const hash = `0x${'b'.repeat(64)}` as const

beforeAll(() => {
  const chain = { id: chainId, genesisHash: hash, finality: 5, startBlock: 1n }
  return inTransaction(pool(), (sql) => insertChain(sql, chain, { number: 0n, hash, time: 0n }))
})

test('a difference leaves the ledger in doubt until a complete comparison finds none', async () => {
  const sample = { scope: 'sample', blockNumber: 7n, blockHash: hash, checked: 3, mismatches: [] } as const
  const mismatches = [{ what: 'balance', subject: 'USD 0xac', chain: '1', ledger: '2' }]
  const keep = (row: Reconciliation) => insertReconciliation(pool(), chainId, row)
  const doubt = async () => (await withWorker((tx) => findCursor(tx, chainId)))!.doubt
  await keep({ ...sample, mismatches: [] })
  expect(await doubt()).toBeNull()
  await keep({ ...sample, blockNumber: 8n, mismatches })
  const last = await withWorker((tx) => findLastReconciliation(tx, chainId))
  expect(last).toMatchObject({ blockNumber: 8n, scope: 'sample', mismatches })
  expect(await doubt()).toBe('At block 8, balance of USD 0xac is 2 here and 1 on the chain')
  await keep({ ...sample, blockNumber: 9n, mismatches: [] })
  expect(await doubt()).not.toBeNull()
  expect(await isCompleteDue(pool(), chainId, 6)).toBe(true)
  await keep({ ...sample, scope: 'complete', blockNumber: 9n, mismatches: [] })
  expect(await doubt()).toBeNull()
  expect(await isCompleteDue(pool(), chainId, 6)).toBe(false)
  expect(await withWorker((tx) => listReconciliations(tx, chainId, 10))).toHaveLength(4)
})

test('samples that found nothing are let go after a month, everything else is kept', async () => {
  const root = new pg.Client({ connectionString: database.superUrl })
  await root.connect()
  await root.query(`UPDATE reconciliation SET at = at - interval '31 days'`)
  await root.end()
  const row = { scope: 'sample', blockNumber: 10n, blockHash: hash, checked: 1, mismatches: [] } as const
  await insertReconciliation(pool(), chainId, { ...row, mismatches: [] })
  const kept = await withWorker((tx) => listReconciliations(tx, chainId, 10))
  expect(kept.map(({ blockNumber, scope }) => [blockNumber, scope])).toEqual([
    [10n, 'sample'],
    [9n, 'complete'],
    [8n, 'sample'],
  ])
})
