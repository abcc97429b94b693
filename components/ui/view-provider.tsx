'use client'

import { createContext, type ReactNode, useContext, useEffect, useState } from 'react'
import type { Zone } from '@/lib/format/time'

type Shown = { zone: Zone; now: Date }

const ShownContext = createContext<Shown>({ zone: { clock: 'utc', timeZone: 'UTC' }, now: new Date(0) })

/**
 * How times are shown (a cookie) and what time it is. The first `now` is the server's, so that both sides print the
 * same; after that it moves every ten seconds.
 */
export function ViewProvider({ zone, now, children }: { zone: Zone; now: number; children: ReactNode }) {
  const [clock, setClock] = useState(now)
  useEffect(() => {
    const timer = setInterval(() => setClock(Date.now()), 10_000)
    return () => clearInterval(timer)
  }, [])
  return <ShownContext value={{ zone, now: new Date(clock) }}>{children}</ShownContext>
}

export const useShown = (): Shown => useContext(ShownContext)
