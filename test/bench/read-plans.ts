import pg from 'pg'

/** One statement as it was asked: its time in the database, and which ledger tables it read from end to end. */
export type Statement = { text: string; milliseconds: number; scans: string[] }

type Plan = { 'Node Type': string; 'Relation Name'?: string; Plans?: Plan[] }

/** Tables that grow with the ledger. Those of a few hundred rows are best read whole. */
export const growing = new Set([
  ...[
    'block',
    'transaction',
    'receipt',
    'log',
    'transfer',
    'refused_transfer',
    'balance',
    'flow',
    'limit_change',
  ],
  ...[
    'identity',
    'account',
    'customer',
    'policy_limit',
    'kyc_decision',
    'order_outcome',
    'freeze',
    'activity',
  ],
])

/**
 * Runs `work` and explains each query that it sends, in the same transaction, as the same role and with the same
 * values: what row security adds is in the plan. Not for work side by side.
 */
export async function watchStatements<T>(
  work: () => Promise<T>,
): Promise<{ result: T; statements: Statement[] }> {
  const statements: Statement[] = []
  const query = pg.Client.prototype.query as (...given: unknown[]) => Promise<pg.QueryResult>
  const watched = async function (this: pg.Client, ...given: unknown[]) {
    const [config, values] = given as [string | { text: string; values?: unknown[] }, unknown[]?]
    const text = typeof config === 'string' ? config : config.text
    if (/^\s*(select|with)\b/i.test(text) && !/set_config/.test(text) && typeof given.at(-1) !== 'function') {
      const explained = {
        text: `EXPLAIN (ANALYZE, TIMING off, FORMAT json) ${text}`,
        rowMode: undefined,
        name: undefined,
      }
      const asked = typeof config === 'string' ? explained : { ...config, types: undefined, ...explained }
      const { rows } = await query.call(this, asked, values)
      const [found] = rows[0]['QUERY PLAN'] as {
        Plan: Plan
        'Planning Time': number
        'Execution Time': number
      }[]
      const milliseconds = found!['Planning Time'] + found!['Execution Time']
      statements.push({ text, milliseconds, scans: scansOf(found!.Plan) })
    }
    return query.apply(this, given)
  }
  Object.assign(pg.Client.prototype, { query: watched })
  try {
    return { result: await work(), statements }
  } finally {
    Object.assign(pg.Client.prototype, { query })
  }
}

/** A partition of a range of blocks is named after its table and its first block. */
const tableOf = (plan: Plan): string => (plan['Relation Name'] ?? '').replace(/_\d+$/, '')

const scansOf = (plan: Plan): string[] => [
  ...(plan['Node Type'] === 'Seq Scan' && growing.has(tableOf(plan)) ? [tableOf(plan)] : []),
  ...(plan.Plans ?? []).flatMap(scansOf),
]
