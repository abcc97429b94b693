import type { FirmsSearch } from '@/lib/queries/firms'

export const path = '/firms'
export type Params = Record<string, string | string[] | undefined>

/** Values are taken as they stand and judged where they are used; an empty field is no filter. */
export function parseSearch(params: Params): FirmsSearch {
  const read = (name: string) => [params[name]].flat()[0]?.trim().slice(0, 300) || undefined
  return { text: read('text'), after: read('after') }
}

export function toHref({ text, after }: FirmsSearch): string {
  const query = new URLSearchParams({ ...(text && { text }), ...(after && { after }) }).toString()
  return query ? `${path}?${query}` : path
}
