import { binaryArray, type Cell, type Kind } from './binary'
import type { Sql } from './bulk'

/** What a subject sent within a window that rolls, since its oldest hour that still counts. Reference units. */
export type UsedRow = {
  /** ILimitPolicy.Scope: identity or firm. */
  scope: 0 | 2
  subject: string
  /** ILimitPolicy.Window: day or month. */
  window: 1 | 2
  firmId: number
  used: bigint
  oldest: bigint
}

/** UNIX hours, all inclusive: what the day and the month that end at a block reach back to. */
export type CountedHours = { firstOfDay: bigint; firstOfMonth: bigint; last: bigint }

/** Whose lines may differ from what they say, beside those of whom an hour ceased to count. */
export type Concerned = {
  subjects: readonly { scope: number; subject: string }[]
  /** Everybody of these tiers. */
  tiers: readonly string[]
}

/** Adds to lines what was sent in hours that count. */
export async function addUse(sql: Sql, chainId: number, rows: readonly UsedRow[]): Promise<void> {
  if (rows.length === 0) return
  const column = (kind: Kind, read: (row: UsedRow) => Cell) => binaryArray(kind, rows, read)
  await sql.query({
    name: 'add use',
    text: linesOf(`SELECT * FROM unnest($2::int[], $3::text[], $4::int[], $5::int[], $6::numeric[], $7::bigint[])
      AS given(scope, subject, "window", firm_id, used, oldest)`),
    values: [
      chainId,
      ...[column('int', (row) => row.scope), column('text', (row) => row.subject)],
      ...[column('int', (row) => row.window), column('int', (row) => row.firmId)],
      ...[column('numeric', (row) => row.used), column('bigint', (row) => row.oldest)],
    ],
  })
}

/** The subjects of whom an hour ceased to count, and those concerned by limits and tiers that changed. */
export async function listStale(
  sql: Sql,
  chainId: number,
  { firstOfDay, firstOfMonth }: CountedHours,
  { subjects, tiers }: Concerned,
): Promise<{ scope: number; subject: string }[]> {
  const { rows } = await sql.query(
    `SELECT scope, subject FROM limit_use WHERE chain_id = $1 AND "window" = 1 AND oldest < $2
     UNION SELECT scope, subject FROM limit_use WHERE chain_id = $1 AND "window" = 2 AND oldest < $3
     UNION SELECT 0, address FROM identity WHERE chain_id = $1 AND tier::text = ANY($4)
     UNION SELECT * FROM unnest($5::int[], $6::text[])`,
    [
      chainId,
      firstOfDay,
      firstOfMonth,
      tiers,
      subjects.map((one) => one.scope),
      subjects.map((one) => one.subject),
    ],
  )
  return rows
}

/** Makes the lines of these subjects, or all, anew from the hours that count, the limits and the tiers. */
export async function deriveUse(
  sql: Sql,
  chainId: number,
  { firstOfDay, firstOfMonth, last }: CountedHours,
  whose: readonly { scope: number; subject: string }[] | 'all',
): Promise<void> {
  const [these, given] =
    whose === 'all'
      ? ['', []]
      : [
          'AND (scope, subject) IN (SELECT * FROM unnest($5::int[], $6::text[]))',
          [whose.map(({ scope }) => scope), whose.map(({ subject }) => subject)],
        ]
  const deleted = these.replace('$5', '$2').replace('$6', '$3')
  await sql.query(`DELETE FROM limit_use WHERE chain_id = $1 ${deleted}`, [chainId, ...given])
  await sql.query(linesOf(countedIn(these)), [chainId, firstOfDay, firstOfMonth, last, ...given])
}

/** Whoever used something has a line; a firm with a limit also where it used nothing. */
const countedIn = (these: string) => `
  WITH counted AS (
    SELECT scope, subject, firm_id, min(hour) FILTER (WHERE hour >= $2) AS oldest_of_day, min(hour) AS oldest_of_month,
      coalesce(sum(value) FILTER (WHERE hour >= $2), 0) AS day, sum(value) AS month
    FROM flow WHERE chain_id = $1 AND hour BETWEEN $3 AND $4 AND value > 0 ${these}
    GROUP BY scope, subject, firm_id
  )
  SELECT scope, subject, w."window", firm_id, w.used, w.oldest FROM counted
  CROSS JOIN LATERAL (VALUES (1, day, oldest_of_day), (2, month, oldest_of_month)) w ("window", used, oldest)
  WHERE w.used > 0
  UNION ALL
  SELECT scope, subject, "window", firm_id, 0, NULL FROM policy_limit l
  WHERE chain_id = $1 AND scope = 2 AND "window" IN (1, 2) ${these} AND NOT EXISTS (
    SELECT FROM counted WHERE counted.scope = 2 AND counted.subject = l.subject
      AND CASE l."window" WHEN 1 THEN day ELSE month END > 0)`

const noLimit = 2n ** 256n - 1n

/** Basis points of the limit, at most 100,000. Must agree with shareOf in lib/compliance/limits. */
const shareOf = (used: string, amount: string) => `CASE WHEN ${amount} IS NULL THEN NULL
  WHEN ${amount} = 0 THEN CASE WHEN ${used} = 0 THEN 10000 ELSE 100000 END
  ELSE least(div((${used}) * 10000, ${amount}), 100000) END`

/** An identity without a limit of its own has its tier's, and nothing where that states none; a firm may be free. */
const linesOf = (used: string) => `
  INSERT INTO limit_use (chain_id, scope, subject, "window", firm_id, used, oldest, tier, amount, share)
  SELECT $1, scope, subject, "window", firm_id, used, oldest, tier, amount, ${shareOf('used', 'amount')}
  FROM (
    SELECT u.*, CASE WHEN own.amount IS NULL THEN i.tier END AS tier,
      nullif(coalesce(own.amount, CASE u.scope WHEN 0 THEN coalesce(of_tier.amount, 0) END), ${noLimit}) AS amount
    FROM (${used}) u
    LEFT JOIN policy_limit own ON own.chain_id = $1 AND own.scope = u.scope AND own.subject = u.subject
      AND own."window" = u."window"
    LEFT JOIN identity i ON u.scope = 0 AND i.chain_id = $1 AND i.address = u.subject
    LEFT JOIN policy_limit of_tier ON of_tier.chain_id = $1 AND of_tier.scope = 1 AND of_tier.subject = i.tier::text
      AND of_tier."window" = u."window"
  ) line
  ON CONFLICT (chain_id, scope, subject, "window") DO UPDATE SET
    used = limit_use.used + excluded.used, oldest = least(limit_use.oldest, excluded.oldest),
    tier = excluded.tier, amount = excluded.amount,
    share = ${shareOf('limit_use.used + excluded.used', 'excluded.amount')}`
