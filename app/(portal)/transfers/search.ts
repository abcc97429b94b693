import { optionalColumns } from '@/components/transfers/transfers-table'
import type { FilterTag } from '@/components/ui/filter-bar'
import { shortAddress, shortHash } from '@/lib/format/address'
import { groupDigits } from '@/lib/format/number'
import type { TransferChoices, TransfersSearch } from '@/lib/queries/transfers'

/** The URL of the page is the state of its table: this is its only reader and writer. */

export const path = '/transfers'

export type Params = Record<string, string | string[] | undefined>

const single = [
  'instrument',
  'outcome',
  'min',
  'max',
  'since',
  'until',
  'account',
  'tx',
  'block',
  'after',
  'before',
] as const
type Single = (typeof single)[number]

/** The whole state of the table: what is searched, and which columns are left out. */
export type TableState = TransfersSearch & { hide?: readonly string[] }

/** Values are taken as they stand and judged where they are used. An empty field of the form is no filter. */
export function parseSearch(params: Params): TableState {
  const search: TableState = {}
  for (const name of single) {
    const value = params[name]
    const text = (Array.isArray(value) ? value[0] : value)?.trim().slice(0, 300)
    if (text) search[name] = text
  }
  const hide = optionalColumns.map(({ key }) => key).filter((key) => [params.hide].flat().includes(key))
  if (hide.length > 0) search.hide = hide
  const firms = [params.firm ?? []].flat().filter(Boolean).slice(0, 60)
  return firms.length > 0 ? { ...search, firm: [...new Set(firms)] } : search
}

export function toHref(search: TableState): string {
  const query = toQuery(search)
  return query ? `${path}?${query}` : path
}

export function toQuery(search: TableState): string {
  const query = new URLSearchParams()
  for (const firm of search.firm ?? []) query.append('firm', firm)
  for (const name of single) {
    const value = search[name]
    if (value) query.set(name, value)
  }
  for (const column of search.hide ?? []) query.append('hide', column)
  return query.toString()
}

/** The filters without the place in the list: what a new first page, a total and the live pill go by. */
export function filtersOf({ after: _after, before: _before, ...filters }: TableState): TableState {
  return filters
}

export const outcomeWords: Record<string, string> = {
  settled: 'settled',
  forced: 'moved by force',
  recovery: 'recovery of an account',
  pending: 'in a block, not final',
  refused: 'refused',
  'refused-limit': 'refused by a limit',
  'refused-kyc': 'refused by KYC',
}

export function tagsOf(search: TableState, choices: TransferChoices): FilterTag[] {
  const filters = filtersOf(search)
  const without = (name: Single | 'firm'): string => {
    const { [name]: _gone, ...rest } = filters
    return toHref(rest)
  }
  const tags: FilterTag[] = []
  const add = (name: Single | 'firm', label: string, value: string) =>
    tags.push({ label, value, remove: without(name) })
  const { firm, instrument, outcome, min, max, since, until, account, tx, block } = filters
  if (firm) {
    const names = firm.map((id) => choices.firms.find((choice) => String(choice.id) === id)?.name ?? id)
    add('firm', 'Firm', names.length > 1 ? `any of ${names.length}` : names.join())
  }
  const symbol = choices.instruments.find(({ address }) => address === instrument?.toLowerCase())?.symbol
  if (instrument) add('instrument', 'Instrument', symbol ?? instrument)
  if (outcome) add('outcome', 'Outcome', outcomeWords[outcome] ?? outcome)
  if (min) add('min', 'Amount', `≥ ${min}`)
  if (max) add('max', 'Amount', `≤ ${max}`)
  if (since) add('since', 'Since', `${since.replace('T', ' ')} UTC`)
  if (until) add('until', 'Before', `${until.replace('T', ' ')} UTC`)
  if (account)
    add('account', 'Account or customer', account.startsWith('0x') ? shortAddress(account) : account)
  if (tx) add('tx', 'Transaction', shortHash(tx))
  if (block) add('block', 'Block', /^\d+$/.test(block) ? groupDigits(block) : block)
  return tags
}

/** The register of the same firm and days, as far as the filters are such. It says itself what will be in it. */
export function exportHref({ firm, since, until }: TransfersSearch): string {
  const query = new URLSearchParams()
  if (firm?.length === 1) query.set('firm', firm[0] ?? '')
  const [from, to] = [dayOf(since), dayOf(until)]
  if (from && to) {
    if (firm?.length !== 1) query.set('firm', 'all')
    query.set('from', from)
    query.set('until', to)
  }
  return query.size > 0 ? `/reports/request?${query}` : '/reports/request'
}

const dayOf = (time: string | undefined) => /^(\d{4}-\d{2}-\d{2})(T00:00)?$/.exec(time ?? '')?.[1]
