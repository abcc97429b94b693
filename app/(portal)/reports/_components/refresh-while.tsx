'use client'

import { useRouter } from 'next/navigation'
import { useEffect } from 'react'

const everyMs = 1_500

/** Asks for the page anew, through its own authorised query, as long as a job on it is under way. */
export function RefreshWhile({ isMoving }: { isMoving: boolean }) {
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
      {isMoving ? 'A report is being written.' : 'No report is being written.'}
    </p>
  )
}
