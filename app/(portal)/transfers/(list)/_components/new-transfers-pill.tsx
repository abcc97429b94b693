'use client'

import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { useTransition } from 'react'
import { useLive } from '@/components/shell/live-provider'
import { plural } from '@/lib/format/number'
import { newTransfersQuery } from '@/lib/live/new-transfers'

type Props = {
  /** The filters of the page as they stand in its URL. */
  query: string
  /** As at which block the rows below were read. */
  block: string
  hash: string
}

/** Rows never move under the reader: what came since is counted here, and shown when asked for. */
export function NewTransfersPill({ query, block, hash }: Props) {
  const { asOf, state } = useLive()
  const router = useRouter()
  const [isLoading, startTransition] = useTransition()
  const { data } = useQuery({
    ...newTransfersQuery({ query, block, hash }, asOf.hash),
    enabled: state === 'live' || state === 'delayed',
    placeholderData: keepPreviousData,
  })
  // An answer about the page as it was before a refresh says nothing about this one.
  const news = data?.since === block ? data : undefined
  const words = news?.isReplaced
    ? 'The chain replaced blocks that you see here – show what holds now'
    : news && news.count > 0
      ? `${news.count > 98 ? 'More than 98 new transfers' : plural(news.count, 'new transfer')} – show`
      : ''
  return (
    <div role="status" className="no-print">
      {words && (
        <button
          type="button"
          onClick={() => startTransition(() => router.refresh())}
          disabled={isLoading}
          className="h-8 w-full rounded-t-4 border-b border-hairline bg-info-tint font-medium text-info outline-offset-[-3px] hover:underline"
        >
          {isLoading ? 'Loading…' : words}
        </button>
      )}
    </div>
  )
}
