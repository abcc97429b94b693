import { readFileSync } from 'node:fs'
import { parse } from 'csv-parse/sync'

/** One transfer of the data set, as its files have it. `time` is in UNIX seconds of the original calendar. */
export type SourceTransfer = {
  from: string
  to: string
  currency: string
  /** Decimal text with at most two places. */
  amount: string
  time: number
  /** Number and typology of the labelled pattern it belongs to; null for normal transfers. */
  pattern: string | null
  typology: string | null
}

const rows = (file: string): Record<string, string>[] =>
  parse(readFileSync(new URL(`data/${file}`, import.meta.url)), { columns: true })

const seconds = (text: string) => Date.parse(`${text.replaceAll('/', '-').replace(' ', 'T')}:00Z`) / 1000
const field = (row: Record<string, string>, name: string) => {
  const value = row[name]
  if (value === undefined) throw new Error(`AMLworld: a row has no column "${name}"`)
  return value
}

export const patternTransfers = (): SourceTransfer[] =>
  rows('patterns.csv').map((row) => ({
    from: field(row, 'from_account'),
    to: field(row, 'to_account'),
    currency: field(row, 'payment_currency'),
    amount: field(row, 'amount_paid'),
    time: seconds(field(row, 'timestamp')),
    pattern: field(row, 'pattern_id'),
    typology: field(row, 'typology'),
  }))

export const normalTransfers = (): SourceTransfer[] =>
  rows('transactions_sample.csv').map((row) => ({
    from: field(row, 'from_account_id'),
    to: field(row, 'to_account_id'),
    currency: field(row, 'payment_currency'),
    amount: field(row, 'amount_paid'),
    time: seconds(field(row, 'timestamp')),
    pattern: null,
    typology: null,
  }))

/** Account id → name of the entity that holds it, where the sample knows it. */
export const entityNames = (): Map<string, string> =>
  new Map(rows('accounts_sample.csv').map((row) => [field(row, 'account_id'), field(row, 'entity_name')]))
