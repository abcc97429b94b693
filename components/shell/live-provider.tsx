'use client'

import { createContext, type ReactNode, useCallback, useContext, useEffect, useMemo, useState } from 'react'
import type { AsOf } from '@/lib/queries/as-of'
import { isBehind } from './standstill'

/** 'delayed': the stream is being re-established, or the index fell behind. 'ended': the session is over. */
export type LiveState = 'live' | 'delayed' | 'paused' | 'ended'

type Live = {
  state: LiveState
  /** The newest block heard of; at first the page's own. */
  asOf: AsOf
  /** News would arrive: that there are none says something. */
  isConnected: boolean
  toggle: () => void
}

const LiveContext = createContext<Live | null>(null)

export function useLive(): Live {
  const live = useContext(LiveContext)
  if (!live) throw new Error('useLive outside LiveProvider')
  return live
}

/** One stream for the whole page: news of blocks, never rows. Whoever shows rows fetches them by a route that asks who. */
export function LiveProvider({ asOf: first, children }: { asOf: AsOf; children: ReactNode }) {
  const [asOf, setAsOf] = useState(first)
  const [isPaused, setPaused] = useState(false)
  const [link, setLink] = useState<'open' | 'lost' | 'ended'>('open')

  useEffect(() => {
    if (isPaused) return
    // The browser reconnects by itself and says which block it saw last (Last-Event-ID).
    const stream = new EventSource('/api/live')
    stream.addEventListener('open', () => setLink('open'))
    stream.addEventListener('error', () =>
      setLink(stream.readyState === EventSource.CLOSED ? 'ended' : 'lost'),
    )
    stream.addEventListener('block', (event) => setAsOf(JSON.parse(event.data) as AsOf))
    stream.addEventListener('bye', () => {
      stream.close()
      setLink('ended')
    })
    // Too many tabs of one person: the oldest pauses itself and can be resumed.
    stream.addEventListener('crowded', () => setPaused(true))
    return () => stream.close()
  }, [isPaused])

  const toggle = useCallback(() => setPaused((paused) => !paused), [])
  const state: LiveState = isPaused
    ? 'paused'
    : link === 'ended'
      ? 'ended'
      : link === 'lost' || isBehind(asOf)
        ? 'delayed'
        : 'live'
  const isConnected = !isPaused && link === 'open'
  const live = useMemo(() => ({ state, asOf, isConnected, toggle }), [state, asOf, isConnected, toggle])
  return <LiveContext value={live}>{children}</LiveContext>
}
