import type pg from 'pg'

type Column = { name: string; type: string; optional: boolean }
type Values = Record<string, unknown>

const hash = (n: number) => `0x${n.toString(16).padStart(64, '0')}`
const address = (n: number) => `0x${n.toString(16).padStart(40, '0')}`
const uuid = (n: number) => `00000000-0000-7000-8000-${n.toString(16).padStart(12, '0')}`

/**
 * One row of a firm in every table of the schema, made from the catalogue, so that a table added later is in it or
 * makes the tests fail. Rows of one firm belong together: transfer, log, receipt and transaction are one, and its
 * order has its outcome. Written as a superuser.
 */
export async function insertSampleRows(client: pg.Client, firm: number): Promise<string[]> {
  const tables = await listTables(client)
  for (const [table, columns] of tables) {
    const row = sampleRow(table, columns, firm)
    const names = Object.keys(row)
    await client.query(
      `INSERT INTO "${table}" (${names.map((name) => `"${name}"`)})
       VALUES (${names.map((_, i) => `$${i + 1}`)}) ON CONFLICT DO NOTHING`,
      Object.values(row),
    )
  }
  return [...tables.keys()]
}

export async function listTables(client: pg.Client): Promise<Map<string, Column[]>> {
  const { rows } = await client.query<{ table: string; columns: Column[] }>(
    `SELECT c.table_name AS table, json_agg(json_build_object('name', c.column_name, 'type', c.data_type,
       'optional', c.is_nullable = 'YES' OR c.column_default IS NOT NULL)) AS columns
     FROM information_schema.columns c JOIN information_schema.tables t USING (table_schema, table_name)
     WHERE c.table_schema = 'public' AND t.table_type = 'BASE TABLE' AND c.table_name <> '_prisma_migrations'
     GROUP BY c.table_name ORDER BY c.table_name`,
  )
  return new Map(rows.map(({ table, columns }) => [table, columns]))
}

function sampleRow(table: string, columns: Column[], firm: number): Values {
  const values: Values = {}
  for (const { name, type, optional } of columns) {
    const value = byTable(firm)[table]?.[name] ?? (optional ? byName(firm)[name] : orByType(name, type, firm))
    if (value !== undefined) values[name] = value
  }
  return values
}

const orByType = (name: string, type: string, firm: number) => byName(firm)[name] ?? byType(type, firm)

/** What the checks want of single tables. */
const byTable = (firm: number): Record<string, Values> => ({
  activity: { hours: 24 },
  anchor_entry: { kind: 'report', hash: hash(firm) },
  delegation: { ended: true },
  firm: { id: firm },
  flow: { scope: 2, subject: String(firm) },
  limit_use: {
    scope: 2,
    subject: String(firm),
    window: 1,
    used: 1,
    oldest: 1,
    tier: null,
    amount: 2,
    share: 5000,
  },
  ineligible_holder: { reason: 'claim' },
  measure: { kind: 4, subject: address(firm) },
  limit_change: { scope: 2, subject: String(firm) },
  policy_limit: { scope: 2, subject: String(firm) },
  officer_order: {
    id: hash(firm),
    reference: `O-2026-0000${firm}`,
    kind: 4,
    signatures: 1,
    evidence: '{"text":"File 2026"}',
  },
  order_outcome: { order_id: hash(firm), kind: 4, arguments: '0x', target: address(7), outcome: 'executed' },
  person: { side: 'firm', role: 'viewer', id: uuid(firm), username: `person-${firm}` },
  report: {
    id: uuid(firm),
    reference: `R-2026-0000${firm}`,
    kind: 'transfer-register',
    state: 'waiting',
    parameters: '{"side":"firm"}',
  },
  session: { id: hash(firm).slice(2), expires_at: '2099-01-01' },
  submission: { state: 'sent', act: 'execute', order_id: hash(firm) },
  preapproval: { act: 'approved', expires_at: '2099-01-01' },
  upgrade: { act: 'founded' },
  instrument_event: { arguments: '{}' },
  unknown_event: { reason: 'unknown', topics: '' },
  watched_instrument: {
    standard: 'erc20',
    start_block: 1,
    filled_to: firm,
    added_by: uuid(firm),
    capabilities: [],
  },
})

/** Numbers of a firm's block, log and transaction are the firm's own, so that rows of two never meet. */
const byName = (firm: number): Values => ({
  chain_id: 1,
  id: firm,
  firm_id: firm,
  from_firm: firm,
  from_identity: address(firm),
  block_number: firm,
  number: firm,
  index: firm,
  tx_index: firm,
  log_index: firm,
  status: 1,
  gas_used: 1,
  cumulative_gas_used: 1,
  expiry: null,
  decimals: 2,
  standard: 'plimsoll',
  numerator: 1,
  denominator: 1,
  person_id: uuid(firm),
  requested_by: uuid(firm),
  proposer_id: uuid(firm),
  input: '0x',
  arguments: '0x',
  evidence: hash(0),
  legal_ref: hash(0),
  chain_person: hash(firm),
  person: hash(firm),
  ...Object.fromEntries(
    ['hash', 'parent_hash', 'genesis_hash', 'block_hash', 'tx_hash', 'order_id'].map((name) => [
      name,
      hash(firm),
    ]),
  ),
  ...Object.fromEntries(
    [
      'address',
      'identity',
      'instrument',
      'account',
      'from',
      'to',
      'sender',
      'contract',
      'target',
      'proposer',
      'wallet',
      'compliance',
      'module',
      'issuer',
      'implementation',
      'principal',
      'delegate',
    ].map((name) => [name, address(firm)]),
  ),
  data: '0x',
})

function byType(type: string, firm: number): unknown {
  if (type === 'text') return `sample ${firm}`
  if (type === 'jsonb') return '{}'
  if (type === 'boolean') return false
  if (type === 'uuid') return uuid(firm)
  if (type.startsWith('timestamp')) return '2026-01-01'
  return firm
}
