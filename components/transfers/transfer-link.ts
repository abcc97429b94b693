import type { TransferRow } from '@/lib/queries/transfer-row'

type Place = Pick<TransferRow, 'kind' | 'block' | 'index'>

/** Where the page of one transfer is. */
export const transferHref = ({ kind, block, index }: Place): string =>
  kind === 'settled' ? `/transfers/${block}/${index}` : `/transfers/refused/${block}/${index}`

export const transferKey = ({ kind, block, index }: Place): string => `${kind} ${block} ${index}`

/** All transfers of one account, identity or customer. */
export const accountHref = (account: string): string => `/transfers?account=${encodeURIComponent(account)}`
export const blockHref = (block: string): string => `/transfers?block=${block}`
export const customerHref = (identity: string): string => `/customers/${identity}`
export const firmHref = (id: number): string => `/firms/${id}`
