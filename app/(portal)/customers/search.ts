import { standingWords } from '@/components/customers/standing-chip'
import type { FilterTag } from '@/components/ui/filter-bar'
import type { CustomersPage, CustomersSearch } from '@/lib/queries/customers'

/** The URL of the page is the state of its table: this is its only reader and writer. */

export const path = '/customers'
export type Params = Record<string, string | string[] | undefined>

export const standings = ['verified', 'expiring', 'expired', 'pending', 'suspended', 'revoked'] as const

/** What is no filter that we know is none. */
export function parseSearch(params: Params): CustomersSearch {
  const read = (name: string) => [params[name]].flat()[0]?.trim().slice(0, 300) || undefined
  const number = (name: string, most: number) => {
    const text = read(name)
    return text && /^\d{1,9}$/.test(text) && Number(text) <= most ? Number(text) : undefined
  }
  return {
    firm: number('firm', 2 ** 31 - 1),
    standing: standings.find((standing) => standing === read('standing')),
    days: number('days', 3_650),
    country: number('country', 999),
    tier: number('tier', 255),
    text: read('text'),
    after: read('after'),
  }
}

export function toHref(search: CustomersSearch): string {
  const query = new URLSearchParams()
  for (const [name, value] of Object.entries(search)) if (value !== undefined) query.set(name, String(value))
  return query.size > 0 ? `${path}?${query}` : path
}

export function tagsOf(search: CustomersSearch, page: CustomersPage): FilterTag[] {
  const { after: _after, ...filters } = search
  const without = (...names: (keyof CustomersSearch)[]) =>
    toHref(
      Object.fromEntries(
        Object.entries(filters).filter(([name]) => !names.includes(name as keyof CustomersSearch)),
      ),
    )
  const { firm, standing, days, country, tier, text } = filters
  const tags: FilterTag[] = []
  if (firm !== undefined) {
    const name = page.firms.find(({ id }) => id === firm)?.name ?? String(firm)
    tags.push({ label: 'Firm', value: name, remove: without('firm') })
  }
  if (standing) {
    const value =
      standing === 'expiring' ? `expiring within ${days ?? 30} days` : standingWords[standing].toLowerCase()
    tags.push({ label: 'KYC', value, remove: without('standing', 'days') })
  }
  if (country !== undefined) {
    const name = page.countries.find(({ value }) => value === country)?.name ?? String(country)
    tags.push({ label: 'Country', value: name, remove: without('country') })
  }
  if (tier !== undefined) tags.push({ label: 'Tier', value: String(tier), remove: without('tier') })
  if (text) tags.push({ label: 'Reference or address', value: text, remove: without('text') })
  return tags
}
