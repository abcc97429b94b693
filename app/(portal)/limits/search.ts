import type { FilterTag } from '@/components/ui/filter-bar'
import type { LimitsSearch } from '@/lib/queries/limits'

/** The URL of the page is the state of its table: this is its only reader and writer. */

export const path = '/limits'
export type Params = Record<string, string | string[] | undefined>

export const kinds = { firm: 'Firms', customer: 'Customers' } as const
export const windows = { day: '24 hours', month: '30 days' } as const
export const shares = ['80', '95', '100'] as const

const keyIn = <T extends object>(names: T, text: string | undefined): keyof T | undefined =>
  (Object.keys(names) as (keyof T)[]).find((name) => name === text)

export function parseSearch(params: Params): LimitsSearch {
  const read = (name: string) => [params[name]].flat()[0]?.trim().slice(0, 300) || undefined
  const least = shares.find((share) => share === read('least'))
  return {
    kind: keyIn(kinds, read('kind')),
    window: keyIn(windows, read('window')),
    least: least && Number(least),
    after: read('after'),
  }
}

export function toHref(search: LimitsSearch): string {
  const query = new URLSearchParams()
  for (const [name, value] of Object.entries(search)) if (value !== undefined) query.set(name, String(value))
  return query.size > 0 ? `${path}?${query}` : path
}

export function tagsOf({ after: _after, ...filters }: LimitsSearch): FilterTag[] {
  const { kind, window, least } = filters
  return [
    ...(kind
      ? [{ label: 'Of', value: kinds[kind].toLowerCase(), remove: toHref({ ...filters, kind: undefined }) }]
      : []),
    ...(window
      ? [{ label: 'Window', value: windows[window], remove: toHref({ ...filters, window: undefined }) }]
      : []),
    ...(least
      ? [{ label: 'Used', value: `≥ ${least} %`, remove: toHref({ ...filters, least: undefined }) }]
      : []),
  ]
}
