'use client'

import { useRouter } from 'next/navigation'
import { useEffect } from 'react'

type Props = {
  reference: string
  /** A transaction is under way: ask the node what became of it, then read the page again. */
  moving: boolean
  closed: boolean
  follow: (input: { reference: string }) => Promise<unknown>
}

const soon = 1_500
const later = 15_000

/** Keeps a page about one order up to date: often while something is under way, seldom while people are awaited. */
export function OrderFollower({ reference, moving, closed, follow }: Props) {
  const router = useRouter()
  useEffect(() => {
    if (closed && !moving) return
    let stopped = false
    let timer: ReturnType<typeof setTimeout>
    const round = async () => {
      if (document.visibilityState === 'visible') {
        if (moving) await follow({ reference }).catch(() => undefined)
        if (!stopped) router.refresh()
      }
      if (!stopped) timer = setTimeout(round, moving ? soon : later)
    }
    timer = setTimeout(round, moving ? soon : later)
    return () => {
      stopped = true
      clearTimeout(timer)
    }
  }, [reference, moving, closed, follow, router])
  return null
}
