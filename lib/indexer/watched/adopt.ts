import { encodeFunctionData, erc20Abi, type Hex } from 'viem'
import { callAt } from '../../chain/call-at'
import { type Rpc, resultOf } from '../../chain/rpc'
import { upstreamsOf } from '../../chain/upstreams'
import { type Cursor, finalBlockOf, lockCursor } from '../../db/ledger/chain'
import { findSupplies, upsertInstruments } from '../../db/ledger/instrument'
import { inTransaction } from '../../db/ledger/transaction'
import { restartEnded } from '../../db/ledger/watched-end'
import {
  listWatched,
  lockFilling,
  restartPartial,
  updateLive,
  type WatchedRow,
} from '../../db/ledger/watched-instrument'
import type { Session } from '../sync'
import { letGo } from './let-go'
import { askReverts, writePast } from './past'

/** So few blocks the writer reads by itself also where not all of them are final. */
const fewBlocks = 100n

/**
 * Lets go what is to be let go, and takes up instruments whose past is read but for the newest blocks: these are read
 * between two blocks, in the transaction after which the instrument is indexed with everything else.
 * @returns Whether there were any: then the session watches other than it should and must be opened anew.
 */
export async function adoptWatched(session: Session): Promise<boolean> {
  const { writer, config, cursor } = session
  let isAny = await letGo(session)
  await restartEnded(writer.pool, config.id)
  const rows = await listWatched(writer.pool, config.id, 'filling')
  const final = finalBlockOf(cursor, config.finality)
  const isNear = ({ filledTo }: WatchedRow) =>
    (final >= 0n && filledTo >= final) || cursor.number - filledTo <= fewBlocks
  const ready = rows.filter(isNear)
  for (const row of ready) isAny = (await adopt(session, row)) || isAny
  return isAny
}

async function adopt({ writer, source, config, cursor }: Session, row: WatchedRow): Promise<boolean> {
  const past = { chainId: config.id, registry: config.watch.registry, instrument: row }
  const range = { from: row.filledTo, to: cursor.number }
  const { pool, epoch } = writer
  const work = async (rpc: Rpc) => ({
    reverts: await askReverts(pool, rpc, past, range),
    issued: row.history === 'full' ? await askSupply(rpc, row, cursor) : undefined,
  })
  const { reverts, issued } = await upstreamsOf(source.rpc).attempt(work, { upTo: cursor.number })
  return inTransaction(pool, async (sql) => {
    await lockCursor(sql, config.id, epoch, cursor)
    await upsertInstruments(sql, config.id, [row])
    const from = await lockFilling(sql, config.id, row)
    if (from === undefined) return false
    if (range.to > from) await writePast(sql, past, { from, to: range.to }, reverts)
    const derived = (await findSupplies(sql, config.id, [row.address])).get(row.address)
    if (issued !== undefined && issued !== derived) {
      const note = `Its transfers add up to ${derived}, and it says it has issued ${issued}`
      await restartPartial(sql, config.id, row.address, note)
      return row.endBlock !== null // up to there it was read with every block, and is no longer
    }
    await updateLive(sql, config.id, row.address, { epoch, at: cursor })
    return true
  })
}

/** Undefined where the node cannot tell at that block: then nothing is held against the contract. */
async function askSupply(rpc: Rpc, { address }: WatchedRow, at: Cursor): Promise<bigint | undefined> {
  const data = encodeFunctionData({ abi: erc20Abi, functionName: 'totalSupply' })
  const [answer] = await rpc.batch([callAt(at.hash, { to: address, data })])
  const result = 'result' in answer! ? (resultOf('eth_call', answer) as Hex) : '0x'
  return result.length === 66 ? BigInt(result) : undefined
}
