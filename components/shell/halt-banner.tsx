'use client'

import Link from 'next/link'
import { usePathname } from 'next/navigation'
import type { ReactNode } from 'react'
import { groupDigits } from '@/lib/format/number'
import type { Status } from '../ui/chip'
import { Notice } from '../ui/notice'
import { useShown } from '../ui/view-provider'
import { staleAfterMs } from './freshness'
import { useLive } from './live-provider'

/** Blocks behind the node from which the index is catching up, and the chain is not what stands still. */
const catchingUp = 5n

/**
 * On every page while the indexer writes nothing more, also when it stops under the reader, and for the authority while
 * no block comes: then nothing can be signed. Why is the authority's to know. A page that hears no news, because it is
 * paused or cut off, cannot tell, and its chip says that.
 */
export function HaltBanner({ isAuthority }: { isAuthority: boolean }) {
  const { asOf, isConnected } = useLive()
  const { now } = useShown()
  const isIntegrity = usePathname() === '/integrity'
  const block = groupDigits(asOf.block)
  if (asOf.isHalted) {
    return (
      <Banner status="breach" title={`The index has stopped at block ${block}`}>
        Everything up to there stays readable. Nothing later is shown and nothing is taken back until somebody
        has looked.{' '}
        {isAuthority && (
          <>
            Until then nothing is prepared or signed. <Why at="#halted">Why it stopped</Why>
          </>
        )}
      </Banner>
    )
  }
  const isStale = now.getTime() - new Date(asOf.time).getTime() > staleAfterMs
  if (!isStale || !isAuthority || !isConnected) return null
  const behind = BigInt(asOf.nodeHead) - BigInt(asOf.block)
  if (behind > catchingUp) {
    return (
      <Banner status="warning" title={`The index is ${groupDigits(behind)} blocks behind the node`}>
        Everything here stands as of block {block}. What came since appears as it is read and verified.{' '}
        {!isIntegrity && <Why>How far it is</Why>}
      </Banner>
    )
  }
  return (
    <Banner status="warning" title="No new block for over a minute">
      Everything up to block {block} stays readable. Nothing is prepared or signed until a new block is
      indexed; then this goes away by itself. {!isIntegrity && <Why>How nodes and index do</Why>}
    </Banner>
  )
}

type BannerProps = { status: Status; title: string; children: ReactNode }

function Banner({ status, title, children }: BannerProps) {
  return (
    <div className="mb-4">
      <Notice status={status} live="polite" title={title}>
        <p className="max-w-[90ch]">{children}</p>
      </Notice>
    </div>
  )
}

const Why = ({ at = '', children }: { at?: string; children: ReactNode }) => (
  <Link href={`/integrity${at}`} className="font-medium underline">
    {children}
  </Link>
)
