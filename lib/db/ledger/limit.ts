import type { Hex } from 'viem'
import { insertRows, type Sql, type Table } from './bulk'

export type LimitChangeRow = {
  blockNumber: bigint
  logIndex: number
  time: bigint
  scope: number
  subject: string
  window: number
  before: bigint
  after: bigint
  firmId: number | null
  orderId: Hex
}
type LimitKey = { scope: number; subject: string; window: number }

const changes: Table<LimitChangeRow> = {
  name: 'limit_change',
  columns: {
    block_number: ['bigint', (row) => row.blockNumber],
    log_index: ['int', (row) => row.logIndex],
    time: ['time', (row) => row.time],
    scope: ['int', (row) => row.scope],
    subject: ['text', (row) => row.subject],
    window: ['int', (row) => row.window],
    before: ['numeric', (row) => row.before],
    after: ['numeric', (row) => row.after],
    firm_id: ['int', (row) => row.firmId],
    order_id: ['hex', (row) => row.orderId],
  },
}

/** Writes the changes, and the limits as the last of them left them. */
export async function insertLimitChanges(sql: Sql, chainId: number, rows: LimitChangeRow[]): Promise<void> {
  if (rows.length === 0) return
  await insertRows(sql, changes, chainId, rows)
  await upsertLimits(sql, chainId, rows)
}

export async function deleteLimitChangesAfter(sql: Sql, chainId: number, block: bigint): Promise<void> {
  const { rows } = await sql.query(
    `WITH gone AS (DELETE FROM limit_change WHERE chain_id = $1 AND block_number > $2
       RETURNING scope, subject, "window")
     DELETE FROM policy_limit USING gone WHERE policy_limit.chain_id = $1 AND policy_limit.scope = gone.scope
       AND policy_limit.subject = gone.subject AND policy_limit."window" = gone."window"
     RETURNING gone.scope, gone.subject, gone."window"`,
    [chainId, block],
  )
  await upsertLimits(sql, chainId, rows)
}

/** A limit is what its last change made it, and its firm the one known at that change. */
async function upsertLimits(sql: Sql, chainId: number, keys: readonly LimitKey[]): Promise<void> {
  await sql.query(
    `INSERT INTO policy_limit (chain_id, scope, subject, "window", amount, firm_id, block_number, time)
     SELECT DISTINCT ON (scope, subject, "window")
       chain_id, scope, subject, "window", "after", firm_id, block_number, time
     FROM limit_change JOIN unnest($2::int[], $3::text[], $4::int[]) AS touched(s, t, w)
       ON scope = s AND subject = t AND "window" = w
     WHERE chain_id = $1 ORDER BY scope, subject, "window", block_number DESC, log_index DESC
     ON CONFLICT (chain_id, scope, subject, "window") DO UPDATE SET amount = excluded.amount,
       firm_id = excluded.firm_id, block_number = excluded.block_number, time = excluded.time`,
    [
      chainId,
      keys.map(({ scope }) => scope),
      keys.map(({ subject }) => subject),
      keys.map(({ window }) => window),
    ],
  )
}
