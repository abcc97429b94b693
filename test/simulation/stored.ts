import type { Sql } from '../../lib/db/ledger/bulk'
import type { Facts } from './truth'

const moment = (column: string) => `coalesce(extract(epoch FROM ${column})::bigint::text, 'never')`
const last = (table: string, keys: string, value: string) =>
  `SELECT DISTINCT ON (${keys}) ${keys.replaceAll(', ', " || ' ' || ")}, ${value} FROM "${table}"
   WHERE chain_id = $1 ORDER BY ${keys}, block_number DESC, log_index DESC`
const all = (table: string, key: string, value: string) =>
  `SELECT ${key}, ${value} FROM "${table}" WHERE chain_id = $1`
const place = `block_number || ' ' || log_index`
const until = (holds: string) => `CASE WHEN NOT ${holds} THEN 'no' ELSE ${moment('until')} END`

/** The tables' answer to each kind of fact of test/simulation/truth: what it is about, and what is so. */
const questions: Record<string, string> = {
  block: all('block', 'number::text', 'hash'),
  firm: all('firm', 'id::text', 'name'),
  identity: all(
    'identity',
    'address',
    `concat_ws(' ', firm_id, country, status, tier, ${moment('expiry')}, flagged::text)`,
  ),
  account: all('account', 'address', `identity || ' ' || firm_id`),
  issuer: last('trusted_issuer', 'issuer, topic', 'trusted::text'),
  topic: last('claim_topic', 'topic::text', 'required::text'),
  balance: `${all('balance', `instrument || ' ' || account`, 'amount::text')} AND amount <> 0`,
  supply: all('instrument', 'address', 'total_supply::text'),
  transfer: all(
    'transfer',
    place,
    `concat_ws(' ', instrument, "from", "to", amount, coalesce(from_firm::text, 'nobody'),
      coalesce(to_firm::text, 'nobody'), cause)`,
  ),
  refused: all(
    'refused_transfer',
    `block_number || ' ' || tx_index`,
    `concat_ws(' ', instrument, "from", "to", amount, coalesce(code::text, 'unsaid'))`,
  ),
  freeze: last('freeze', 'instrument, account', until('frozen')),
  frozen: last('frozen_amount', 'instrument, account', 'amount::text'),
  pause: last('pause', 'instrument', until('paused')),
  compliance: last('instrument_compliance', 'instrument', 'compliance'),
  limit: all('policy_limit', `concat_ws(' ', scope, subject, "window")`, 'amount::text'),
  flow: all('flow', `concat_ws(' ', scope, subject, hour)`, 'value::text'),
  rate: last('rate', 'instrument', `numerator || ' ' || denominator`),
  roles: last('role_grant', 'account', 'roles::text'),
  delegation: last(
    'delegation',
    'principal, delegate',
    `CASE WHEN ended THEN 'ended' ELSE ${moment('until')} END`,
  ),
  measure: all('measure', 'order_id', `kind || ' ' || subject`),
  order: all('order_outcome', 'order_id', `outcome || ' ' || kind`),
  anchor: all('anchor_entry', place, `kind || ' ' || hash`),
}

const statement = Object.entries(questions)
  .map(([kind, query]) => `SELECT '${kind} ' || about, said FROM (${query}) AS of_${kind}(about, said)`)
  .join('\nUNION ALL ')

/** What the tables say, as facts. */
export async function storedFacts(sql: Sql, chainId: number): Promise<Facts> {
  const { rows } = await sql.query({ text: statement, values: [chainId], rowMode: 'array' } as never)
  return new Map(rows as unknown as [string, string][])
}

/** The first facts in which they differ, one line each. */
export function differencesOf(truth: Facts, stored: Facts): string[] {
  const keys = new Set([...truth.keys(), ...stored.keys()])
  return [...keys]
    .filter((key) => truth.get(key) !== stored.get(key))
    .slice(0, 5)
    .map((key) => `${key}: is ${truth.get(key) ?? 'not there'}, stored is ${stored.get(key) ?? 'nothing'}`)
}
