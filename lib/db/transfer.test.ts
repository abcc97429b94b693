import pg from 'pg'
import { beforeAll, expect, it } from 'vitest'
import { databaseForThisFile } from '@/test/database'
import { chainId, fillSmallLedger, lastBlock, person } from '@/test/small-ledger'
import { withSnapshot } from './client'
import { estimateTransfers, listTransfers } from './transfer'
import type { TransferFilter } from './transfer-filter'

/** Twelve more firms, 4 to 15, and ten transfers between them in each of these blocks. */
const blocks = 4_000
const database = databaseForThisFile()

beforeAll(async () => {
  await fillSmallLedger(database.superUrl)
  const client = new pg.Client({ connectionString: database.superUrl })
  await client.connect()
  await client.query(
    `INSERT INTO transfer (chain_id, block_number, log_index, tx_hash, tx_index, time, instrument, "from", "to", amount,
       from_identity, to_identity, from_firm, to_firm)
     SELECT ${chainId}, ${lastBlock + 1} + i / 10, i % 10, '0x' || lpad(to_hex(i), 64, '0'), i % 10,
       timestamptz '2026-11-22' + i * interval '1 s', '0x' || lpad('aa', 40, '0'),
       '0x' || lpad('f' || i % 500, 40, '0'), '0x' || lpad('f' || i * 7 % 500, 40, '0'), i,
       '0x' || lpad('1f' || i % 500, 40, '0'), '0x' || lpad('1f' || i * 7 % 500, 40, '0'),
       4 + i % 12, 4 + i / 12 % 12
     FROM generate_series(0, ${blocks * 10 - 1}) i`,
  )
  await client.query('ANALYZE transfer')
  await client.end()
})

const analyst = person('analyst')
const ofSeven = person('viewer', 7)
const base = { chainId, finalBlock: 0n }
const total = blocks * 10 + 400

it.each<[string, typeof analyst, TransferFilter, number]>([
  ['everything', analyst, { ...base, ownFirm: null }, total],
  ['two firms', analyst, { ...base, ownFirm: null, firms: [4, 5] }, (total * 44) / 144],
  ['what a firm sees', ofSeven, { ...base, ownFirm: 7 }, (total * 23) / 144],
  [
    'half of the blocks',
    analyst,
    { ...base, ownFirm: null, toBlock: BigInt(lastBlock + blocks / 2) },
    total / 2,
  ],
])('estimates %s to within a third', async (_, officer, filter, truth) => {
  const estimate = await withSnapshot(officer, (tx) => estimateTransfers(tx, filter))
  expect(estimate / truth).toBeGreaterThan(0.67)
  expect(estimate / truth).toBeLessThan(1.5)
})

it.each<[string, TransferFilter]>([
  ['all', { ...base, ownFirm: null }],
  ['of a firm', { ...base, ownFirm: null, firms: [7] }],
  ['of an account', { ...base, ownFirm: null, accounts: [`0x${'f42'.padStart(40, '0')}`] }],
])('walks to a page deep in history, %s, without reading what lies before it', async (_, filter) => {
  const place = { blockNumber: 500n, txIndex: 3, logIndex: 3 }
  const reads = await withSnapshot(analyst, async (tx) => {
    const read = async () => {
      const [row] = await tx.$queryRaw<{ rows: number }[]>`
        select (idx_tup_fetch + seq_tup_read)::int as rows from pg_stat_xact_user_tables where relname = 'transfer'`
      return row?.rows ?? 0
    }
    const before = await read()
    const rows = await listTransfers(tx, filter, { place, direction: 'older', take: 50 })
    expect(rows.length).toBeGreaterThan(0)
    return (await read()) - before
  })
  expect(reads).toBeLessThan(500)
})
