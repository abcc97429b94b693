import { lockCursor } from '../../db/ledger/chain'
import { upsertInstruments } from '../../db/ledger/instrument'
import { inTransaction } from '../../db/ledger/transaction'
import { listLettingGo, updateEnded } from '../../db/ledger/watched-end'
import type { Session } from '../sync'

/**
 * Ends what somebody asked to have ended, between two blocks: the last block read of it is where the index stands, or,
 * while its past is being read, up to where that is. A reorganisation across that block reads it again up to there.
 * @returns Whether there was any: then the session watches too much and must be opened anew.
 */
export async function letGo({ writer, config, cursor }: Session): Promise<boolean> {
  const { pool, epoch } = writer
  let isAny = false
  for (const row of await listLettingGo(pool, config.id)) {
    const ended = await inTransaction(pool, async (sql) => {
      await lockCursor(sql, config.id, epoch, cursor)
      await upsertInstruments(sql, config.id, [row])
      return updateEnded(sql, config.id, row.address, { epoch, at: cursor })
    })
    isAny ||= ended
  }
  return isAny
}
