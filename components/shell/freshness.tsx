'use client'

import { Pause, Play } from 'lucide-react'
import { useEffect, useState } from 'react'
import { groupDigits } from '@/lib/format/number'
import { formatAge, formatTime } from '@/lib/format/time'
import { Chip, type Status } from '../ui/chip'
import { useShown } from '../ui/view-provider'
import { type LiveState, useLive } from './live-provider'
import { staleAfterMs } from './standstill'

const looks: Record<LiveState, { status: Status; word: string }> = {
  live: { status: 'compliant', word: 'Live' },
  delayed: { status: 'warning', word: 'Delayed' },
  paused: { status: 'closed', word: 'Paused' },
  ended: { status: 'closed', word: 'Signed out' },
}

/** Whatever the connection does: nothing comes until somebody has looked. */
const stopped: { status: Status; word: string } = { status: 'breach', word: 'Stopped' }

/** How fresh this page can be: indexed to, how long ago, finality, and how far behind the node. */
export function Freshness() {
  const { state, asOf, toggle } = useLive()
  const { zone, now: serverNow } = useShown()
  const [now, setNow] = useState(serverNow)
  useEffect(() => {
    setNow(new Date())
    const timer = setInterval(() => setNow(new Date()), 1_000)
    return () => clearInterval(timer)
  }, [])
  const time = new Date(asOf.time)
  const isStale = now.getTime() - time.getTime() > staleAfterMs
  const { status, word } = asOf.isHalted ? stopped : looks[state === 'live' && isStale ? 'delayed' : state]
  const behind = BigInt(asOf.nodeHead) - BigInt(asOf.block)
  return (
    <div className="flex items-center gap-2 whitespace-nowrap text-secondary">
      <Chip status={status}>{word}</Chip>
      <span className="hidden items-baseline gap-2 sm:flex" title={formatTime(time, zone)}>
        <b className="font-medium text-ink tabular-nums">Block {groupDigits(asOf.block)}</b>
        <span className="hidden tabular-nums lg:inline" suppressHydrationWarning>
          {formatAge(time, now)} · {asOf.finality === 'final' ? 'final' : 'not final'}
          {behind > 0n && ` · ${groupDigits(behind)} behind the node`}
        </span>
      </span>
      {state !== 'ended' && (
        <button
          type="button"
          onClick={toggle}
          aria-label={state === 'paused' ? 'Resume live updates' : 'Pause live updates'}
          title={state === 'paused' ? 'Resume live updates' : 'Pause live updates'}
          className="inline-flex size-7 items-center justify-center rounded-4 text-secondary hover:bg-subtle hover:text-ink"
        >
          {state === 'paused' ? (
            <Play aria-hidden="true" className="size-4" />
          ) : (
            <Pause aria-hidden="true" className="size-4" />
          )}
        </button>
      )}
    </div>
  )
}
