import { queryOptions } from '@tanstack/react-query'

export type NewTransfersAnswer = {
  /** The block that was asked about. */
  since: string
  /** At most 99. */
  count: number
  /** That block has another hash now. */
  isReplaced: boolean
}

/** `query`: the filters as they stand in the page's URL. `block` and `hash`: as at which the page was read. */
export type NewTransfersQuestion = { query: string; block: string; hash: string }

/** Asked again with each block that is heard of, by its hash; never by a timer. */
export const newTransfersQuery = ({ query, block, hash }: NewTransfersQuestion, heard: string) =>
  queryOptions({
    queryKey: ['transfers', 'new', query, block, hash, heard],
    queryFn: async ({ signal }): Promise<NewTransfersAnswer> => {
      if (heard === hash) return { since: block, count: 0, isReplaced: false }
      const question = new URLSearchParams(query)
      question.set('sinceBlock', block)
      question.set('sinceHash', hash)
      const response = await fetch(`/api/transfers/new?${question}`, { signal })
      if (!response.ok) throw new Error(`The server answered ${response.status}`)
      return response.json()
    },
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 60_000,
    retry: 1,
  })
