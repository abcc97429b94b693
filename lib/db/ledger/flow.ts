import { insertRows, type Sql, type Table } from './bulk'

/** Reference units that a subject sent in an hour (UNIX time / 3600). */
export type FlowRow = { scope: 0 | 2; subject: string; hour: bigint; value: bigint; firmId: number }

const flows: Table<FlowRow> = {
  name: 'flow',
  columns: {
    scope: ['int', (row) => row.scope],
    subject: ['text', (row) => row.subject],
    hour: ['bigint', (row) => row.hour],
    value: ['numeric', (row) => row.value],
    firm_id: ['int', (row) => row.firmId],
  },
  conflict: 'ON CONFLICT (chain_id, scope, subject, hour) DO UPDATE SET value = flow.value + excluded.value',
}

/** Adds to what the hours have. */
export const upsertFlows = (sql: Sql, chainId: number, rows: FlowRow[]) =>
  insertRows(sql, flows, chainId, rows)

/** Deletes whole hours, from one on, inclusive. */
export async function deleteFlowsFrom(sql: Sql, chainId: number, hour: bigint): Promise<void> {
  await sql.query('DELETE FROM flow WHERE chain_id = $1 AND hour >= $2', [chainId, hour])
}
