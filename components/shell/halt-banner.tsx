'use client'

import Link from 'next/link'
import { groupDigits } from '@/lib/format/number'
import { Notice } from '../ui/notice'
import { useLive } from './live-provider'

/** On every page while the indexer writes nothing more, also when it stops under the reader. Why is the authority's to know. */
export function HaltBanner({ isAuthority }: { isAuthority: boolean }) {
  const { asOf } = useLive()
  if (!asOf.isHalted) return null
  return (
    <div className="mb-4">
      <Notice
        status="breach"
        live="polite"
        title={`The index has stopped at block ${groupDigits(asOf.block)}`}
      >
        Everything up to there stays readable. Nothing later is shown and nothing is taken back until somebody
        has looked.{' '}
        {isAuthority && (
          <Link href="/integrity" className="font-medium underline">
            Why it stopped
          </Link>
        )}
      </Notice>
    </div>
  )
}
