import { setImmediate as turn } from 'node:timers/promises'
import type { Pool } from 'pg'
import { listAccountHolders } from '../db/ledger/account'
import { listBalances } from '../db/ledger/balance'
import type { Sql, Statement } from '../db/ledger/bulk'
import { lockCursor, notifyBlock, type Position, updateCursor } from '../db/ledger/chain'
import { deleteFactsAfter, type Facts, factInserts } from '../db/ledger/fact'
import { listFrozenAmounts } from '../db/ledger/freeze'
import { listIdentityFirms } from '../db/ledger/identity'
import { findSupplies } from '../db/ledger/instrument'
import { inTransaction } from '../db/ledger/transaction'
import { Fault } from '../errors/fault'
import { collectors, rollups } from './collectors/all'
import { packSigned } from './decode/signed'
import { holdingKey, type Known, type Wanted } from './draft'
import { type Item, itemsOf, reduce, type VerifiedBlock, wantedBy } from './reducer'
import { verifyLink } from './verify/block'
import type { Watch } from './watch'
import { countWritten } from './worker/metrics'

/**
 * A writer of one chain and the epoch that fences it. `announce`: the web is told of each commit. `rederives`: the facts
 * are there already, and only what is made of them is written.
 */
export type Writer = {
  pool: Pool
  chainId: number
  epoch: bigint
  watch: Watch
  announce: boolean
  rederives?: boolean
}

/** Blocks that follow `from` up to `last`, with all that can be made of them without knowing what is stored. */
export type Batch = {
  from: Position
  last: Position
  items: Item[]
  wanted: Wanted
  facts: Statement[]
  /** What each transaction used. */
  gas: number[]
}

/** @throws Fault `parent-mismatch`, `time-backwards` if the blocks do not follow `from` and each other. */
export function prepareBatch(
  { chainId, watch, rederives }: Writer,
  from: Position,
  blocks: readonly VerifiedBlock[],
): Batch {
  let last = from
  for (const { header } of blocks) {
    verifyLink(last, header)
    last = { number: header.number, hash: header.hash, time: header.time }
  }
  const items = itemsOf(blocks, watch)
  const facts = rederives ? [] : factInserts(chainId, factsOf(blocks))
  const gas = blocks.flatMap(({ receipts }) => (receipts ?? []).map(({ gasUsed }) => Number(gasUsed)))
  return { from, last, items, wanted: wantedBy(items, watch), facts, gas }
}

/**
 * Writes a batch: facts, projections and cursor in one transaction.
 * @returns The cursor's new position.
 */
export async function commitBatch(writer: Writer, batch: Batch, nodeHead: bigint): Promise<Position> {
  const { pool, chainId, epoch, watch, announce } = writer
  const { from, last, items, wanted, facts, gas } = batch
  const rows = await inTransaction(pool, async (sql) => {
    await lockCursor(sql, chainId, epoch, from)
    const known = await loadKnown(sql, chainId, wanted)
    const derive = async () => {
      await turn()
      const reduced = reduce(known, items, watch)
      for (const collector of collectors) await collector.write(sql, chainId, reduced.rows, reduced.known)
      return reduced.rows
    }
    // The facts are on their way to PostgreSQL while here it is worked out what follows from them.
    const sent = facts.map((insert) => sql.query(insert))
    const [rows] = await Promise.all([derive(), ...sent])
    for (const rollup of rollups) await rollup.add(sql, chainId, rows, from, last)
    await updateCursor(sql, chainId, epoch, from, last, nodeHead)
    if (announce) await notifyBlock(sql, chainId, last)
    return rows
  }).catch((error) => {
    throw nameConflict(error, from, last)
  })
  if (announce) countWritten(chainId, gas, rows)
  return last
}

/** Both at once. */
export async function commitBlocks(
  writer: Writer,
  from: Position,
  blocks: readonly VerifiedBlock[],
  nodeHead: bigint,
): Promise<Position> {
  return commitBatch(writer, prepareBatch(writer, from, blocks), nodeHead)
}

/** PostgreSQL classes 22 and 23: a row that a table will not hold. No retry can help, so it is a finding with a name. */
function nameConflict(error: unknown, from: Position, last: Position): unknown {
  const { code, constraint, message } = error as { code?: unknown; constraint?: string; message: string }
  if (error instanceof Fault || typeof code !== 'string' || !/^2[23]/.test(code)) return error
  const what = `Blocks ${from.number + 1n} to ${last.number} hold what the ledger cannot: ${message}`
  return new Fault('ledger-conflict', what, { constraint: constraint ?? null })
}

/** Takes back every block after `to`: the reverse of writing them, in one transaction with the cursor. */
export async function discardAfter(
  writer: Writer,
  from: Position,
  to: Position,
  nodeHead: bigint,
): Promise<void> {
  const { pool, chainId, epoch, watch, announce, rederives } = writer
  await inTransaction(pool, async (sql) => {
    await lockCursor(sql, chainId, epoch, from)
    for (const collector of collectors.toReversed()) await collector.discardAfter(sql, chainId, to, watch)
    for (const rollup of rollups) await rollup.rebuild(sql, chainId, to)
    if (!rederives) await deleteFactsAfter(sql, chainId, to.number)
    await updateCursor(sql, chainId, epoch, from, to, nodeHead)
    if (announce) await notifyBlock(sql, chainId, to)
  })
}

/** `before`: only accounts that were linked before this block. */
export async function loadKnown(sql: Sql, chainId: number, wanted: Wanted, before?: bigint): Promise<Known> {
  const { accounts, identities, holdings, frozen, supplies } = wanted
  const balances = holdings.size > 0 ? await listBalances(sql, chainId, [...holdings.values()]) : []
  return {
    accounts: accounts.size > 0 ? await listAccountHolders(sql, chainId, accounts, before) : new Map(),
    identities: identities.size > 0 ? await listIdentityFirms(sql, chainId, identities) : new Map(),
    balances: new Map(balances.map((row) => [holdingKey(row.instrument, row.account), row.amount])),
    frozen: frozen.size > 0 ? await knownFrozen(sql, chainId, wanted) : new Map(),
    supplies: supplies.size > 0 ? await findSupplies(sql, chainId, supplies) : new Map(),
  }
}

async function knownFrozen(sql: Sql, chainId: number, { frozen }: Wanted): Promise<Known['frozen']> {
  const rows = await listFrozenAmounts(sql, chainId, [...frozen.values()])
  return new Map(rows.map((row) => [holdingKey(row.instrument, row.account), row.amount]))
}

export function factsOf(blocks: readonly VerifiedBlock[]): Facts {
  return {
    blocks: blocks.map(({ header }) => header),
    transactions: blocks.flatMap(({ transactions }) =>
      transactions.map((transaction) => ({ ...transaction, signed: packSigned(transaction.signed) })),
    ),
    receipts: blocks.flatMap(({ receipts, reverts }) =>
      (receipts ?? []).map((receipt) => ({
        ...receipt,
        status: receipt.status!, // lib/indexer/verify refuses receipts without one
        revertData: reverts.get(receipt.index)?.data ?? null,
      })),
    ),
    logs: blocks.flatMap(({ logs }) => logs),
  }
}
