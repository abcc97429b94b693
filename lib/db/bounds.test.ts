import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type FreshDatabase, freshDatabase } from '@/test/postgres'
import { insertSampleRows, listTables } from '@/test/sample-rows'

let database: FreshDatabase
let root: pg.Client

beforeAll(async () => {
  database = await freshDatabase()
  root = new pg.Client({ connectionString: database.superUrl })
  await root.connect()
  await insertSampleRows(root, 1)
})
afterAll(async () => {
  await root?.end()
  await database?.drop()
})

/** What an UPDATE of the sample rows says, rolled back. */
async function change(table: string, to: string): Promise<string> {
  await root.query('BEGIN')
  try {
    await root.query(`UPDATE "${table}" SET ${to}`)
    return 'accepted'
  } catch (error) {
    return (error as { constraint?: string }).constraint ?? String(error)
  } finally {
    await root.query('ROLLBACK')
  }
}

test.each([
  ['transfer', `tx_hash = '0x' || repeat('A', 64)`, 'transfer_tx_hash_is_hash'],
  ['transfer', `tx_hash = repeat('a', 66)`, 'transfer_tx_hash_is_hash'],
  ['transfer', `"from" = '0x' || repeat('a', 41)`, 'transfer_from_is_address'],
  ['transfer', 'amount = -1', 'transfer_amount_is_uint256'],
  ['transfer', 'amount = 2::numeric ^ 256', 'transfer_amount_is_uint256'],
  ['transfer', 'amount = 2::numeric ^ 256 - 1', 'accepted'],
  ['transfer', 'to_firm = 2', 'transfer_firms_have_identities'],
  ['person', `name = ''`, 'person_bounds'],
  ['person', 'firm_id = 0', 'person_bounds'],
  ['log', `data = '0xabc'`, 'log_data_is_bytes'],
  ['receipt', 'status = 2', 'receipt_bounds'],
  ['identity', 'status = 0', 'identity_bounds'],
  ['identity', 'status = 2, expiry = NULL', 'identity_verified_expires'],
  ['kyc_decision', 'status = 2, expiry = time', 'kyc_decision_verified_expires'],
  ['kyc_decision', `status = 2, expiry = time + interval '1 s'`, 'accepted'],
  ['policy_limit', `scope = 1, subject = '2'`, 'policy_limit_scope'],
  ['policy_limit', `scope = 1, subject = '2', firm_id = NULL`, 'accepted'],
  ['policy_limit', '"window" = 3', 'policy_limit_scope'],
  ['limit_change', `scope = 0, subject = '12'`, 'limit_change_scope'],
  ['flow', `scope = 1`, 'flow_scope'],
  ['rate', 'denominator = 0', 'rate_bounds'],
  ['order_outcome', 'target = NULL', 'order_outcome_executed_is_whole'],
  ['anchor_entry', `kind = 'journal'`, 'anchor_entry_kind'],
  ['person', 'firm_id = NULL', 'person_side'],
  ['person', `side = 'authority'`, 'person_side'],
  ['person', `role = 'approver'`, 'person_side'],
  ['session', 'expires_at = created_at', 'session_bounds'],
  ['officer_order', `reference = 'O-1'`, 'officer_order_bounds'],
  ['submission', `state = 'fine'`, 'submission_bounds'],
  ['report', `state = 'done'`, 'report_done_is_whole'],
  ['report', `sha256 = repeat('a', 64)`, 'report_sha256_is_hash'],
])('%s with %s: %s', async (table, to, constraint) => {
  expect(await change(table, to)).toBe(constraint)
})

test('each amount, hash and address of the schema is bound', async () => {
  const { rows } = await root.query<{ table: string; text: string }>(
    `SELECT conrelid::regclass::text AS table, pg_get_constraintdef(oid) AS text FROM pg_constraint WHERE contype = 'c'`,
  )
  const isBound = (table: string, name: string) =>
    rows.some((row) => row.table.replaceAll('"', '') === table && new RegExp(`\\b${name}\\b`).test(row.text))
  const wanted =
    /^(amount|hash|address|identity|account|instrument|from|to|.*_hash|order_id|sha256|value|headroom)$/
  const unbound = [...(await listTables(root))].flatMap(([table, columns]) =>
    columns
      .filter(({ name, type }) => (wanted.test(name) && type !== 'jsonb') || type === 'numeric')
      .filter(({ name }) => name !== 'password_hash' && !isBound(table, name))
      .map(({ name }) => `${table}.${name}`),
  )
  expect(unbound).toEqual([])
})
