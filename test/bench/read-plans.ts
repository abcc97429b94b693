import pg from 'pg'

/** One statement as it was asked: its time in the database, the pages of 8 kB it touched, and what it read from end to end. */
export type Statement = { text: string; milliseconds: number; pages: number; scans: string[] }

type Plan = {
  'Node Type': string
  'Relation Name'?: string
  'Actual Rows': number
  'Shared Hit Blocks': number
  'Shared Read Blocks': number
  'Actual Loops': number
  'Rows Removed by Filter'?: number
  Plans?: Plan[]
}

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
    'holding',
    'limit_use',
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
        text: `EXPLAIN (ANALYZE, BUFFERS, TIMING off, FORMAT json) ${text}`,
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
      const { Plan: plan } = found!
      const pages = plan['Shared Hit Blocks'] + plan['Shared Read Blocks']
      statements.push({ text, milliseconds, pages, scans: scansOf(plan) })
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

/** Of no concern: the next range of blocks is empty, what is new is small, and a capped count stops at a thousand. */
const few = 1_500

const scansOf = (plan: Plan): string[] => {
  const rows = (plan['Actual Rows'] + (plan['Rows Removed by Filter'] ?? 0)) * plan['Actual Loops']
  return [
    ...(plan['Node Type'] === 'Seq Scan' && growing.has(tableOf(plan)) && rows > few ? [tableOf(plan)] : []),
    ...(plan.Plans ?? []).flatMap(scansOf),
  ]
}
