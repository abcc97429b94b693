'use client'

import { useRouter } from 'next/navigation'
import { useEffect } from 'react'

const everyMs = 1_500

/** Asks for the page anew, through its own authorised query, as long as a job on it is under way. */
export function RefreshWhile({ isMoving, says }: { isMoving: boolean; says: string }) {
  const router = useRouter()
  useEffect(() => {
    if (!isMoving) return
    const timer = setInterval(() => {
      if (!document.hidden) router.refresh()
    }, everyMs)
    return () => clearInterval(timer)
  }, [isMoving, router])
  return (
    <p role="status" className="sr-only">
      {says}
    </p>
  )
}
