import pg from 'pg'
import type { Address, Hex } from 'viem'
import type { Sql } from '../../lib/db/ledger/bulk'
import { factInserts } from '../../lib/db/ledger/fact'
import { makeRoom, openPartitions } from '../../lib/db/ledger/partition'
import { openScratchLedger } from '../../lib/db/ledger/scratch'
import { inTransaction } from '../../lib/db/ledger/transaction'
import { insertTransfers } from '../../lib/db/ledger/transfer'
import { startTestCluster } from '../cluster'
import { freshDatabase } from '../postgres'

const [chainId, blocksABatch, logsABlock] = [1, 50, 40]
const hex = (size: number, n: number) => `0x${n.toString(16).padStart(size * 2, '0')}`

/**
 * The same facts and transfers into partitioned tables and into plain ones of the same indexes and checks, by turns.
 * @returns Milliseconds of each round, plain and partitioned.
 */
export async function measurePartitions(rounds: number): Promise<{ plain: number[]; partitioned: number[] }> {
  const cluster = await startTestCluster()
  try {
    const database = await freshDatabase(cluster)
    const pool = new pg.Pool({ connectionString: database.superUrl })
    const scratch = await openScratchLedger(database.ownerUrl)
    for (const each of [pool, scratch.pool]) each.on('error', () => {}) // the cluster stops under idle connections
    await inTransaction(pool, (sql) => openPartitions(sql, chainId))
    await makeRoom(pool, chainId, 1n, 1n)
    const times = { plain: [] as number[], partitioned: [] as number[] }
    for (let round = 0; round < rounds; round++) {
      const sides = [
        ['plain', scratch.pool],
        ['partitioned', pool],
      ] as const
      for (const [name, place] of round % 2 ? sides.toReversed() : sides) {
        const start = performance.now()
        await inTransaction(place, (sql) => writeBatch(sql, BigInt(1 + round * blocksABatch)))
        times[name].push(performance.now() - start)
      }
    }
    await scratch.drop()
    await pool.end()
    return times
  } finally {
    await cluster.stop()
  }
}

async function writeBatch(sql: Sql, from: bigint): Promise<void> {
  const numbers = Array.from({ length: blocksABatch }, (_, index) => from + BigInt(index))
  const places = numbers.flatMap((blockNumber) =>
    Array.from({ length: logsABlock }, (_, logIndex) => ({ blockNumber, logIndex, time: blockNumber * 2n })),
  )
  const address = (n: number) => hex(20, n) as Address
  const hash = (n: number) => hex(32, n) as Hex
  const inserts = factInserts(chainId, {
    blocks: numbers.map((number) => ({
      number,
      hash: hash(Number(number)),
      parentHash: hash(Number(number) - 1),
      time: number * 2n,
      fields: { number: String(number) },
    })),
    transactions: [],
    receipts: [],
    logs: places.map(({ blockNumber, logIndex }) => ({
      ...{ blockNumber, logIndex, transactionIndex: logIndex, address: address(1), data: hash(logIndex) },
      topics: [hash(1), hash(logIndex), hash(Number(blockNumber))],
    })),
  })
  const rows = places.map((place) => ({
    ...place,
    txHash: hash(Number(place.blockNumber) * 1000 + place.logIndex),
    txIndex: place.logIndex,
    instrument: address(1),
    from: address(100 + ((Number(place.blockNumber) * 7 + place.logIndex) % 5000)),
    to: address(100 + ((Number(place.blockNumber) * 3 + place.logIndex * 11) % 5000)),
    amount: 5n,
    ...{ fromIdentity: address(9), toIdentity: address(10), fromFirm: 1, toFirm: 2 },
    ...{ cause: 'transfer' as const, orderId: null, frozenMoved: 0n },
  }))
  for (const insert of inserts) await sql.query(insert)
  await insertTransfers(sql, chainId, rows)
}
