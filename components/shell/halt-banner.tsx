'use client'

import Link from 'next/link'
import { groupDigits } from '@/lib/format/number'
import { Notice } from '../ui/notice'
import { useShown } from '../ui/view-provider'
import { staleAfterMs } from './freshness'
import { useLive } from './live-provider'

/**
 * On every page while the indexer writes nothing more, also when it stops under the reader, and for the authority while
 * no block comes: then nothing can be signed. Why is the authority's to know.
 */
export function HaltBanner({ isAuthority }: { isAuthority: boolean }) {
  const { asOf } = useLive()
  const { now } = useShown()
  const isStale = now.getTime() - new Date(asOf.time).getTime() > staleAfterMs
  if (asOf.isHalted) {
    return (
      <div className="mb-4">
        <Notice
          status="breach"
          live="polite"
          title={`The index has stopped at block ${groupDigits(asOf.block)}`}
        >
          Everything up to there stays readable. Nothing later is shown and nothing is taken back until
          somebody has looked.{' '}
          {isAuthority && (
            <>
              Until then nothing is prepared or signed.{' '}
              <Link href="/integrity" className="font-medium underline">
                Why it stopped
              </Link>
            </>
          )}
        </Notice>
      </div>
    )
  }
  if (!isStale || !isAuthority) return null
  return (
    <div className="mb-4">
      <Notice status="warning" live="polite" title="No new block for over a minute">
        Everything up to block {groupDigits(asOf.block)} stays readable. Nothing is prepared or signed until
        the chain goes on; that ends by itself.
      </Notice>
    </div>
  )
}
