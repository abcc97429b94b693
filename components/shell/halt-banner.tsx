'use client'

import Link from 'next/link'
import { usePathname } from 'next/navigation'
import type { ReactNode } from 'react'
import { groupDigits } from '@/lib/format/number'
import type { Status } from '../ui/chip'
import { Notice } from '../ui/notice'
import { useShown } from '../ui/view-provider'
import { useLive } from './live-provider'
import { standstillOf } from './standstill'

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
  const why = standstillOf({ asOf, now, isConnected })
  if (why === 'halted') {
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
  if (why === undefined || !isAuthority) return null
  if (why === 'behind') {
    const behind = BigInt(asOf.nodeHead) - BigInt(asOf.block)
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
