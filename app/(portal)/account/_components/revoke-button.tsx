'use client'

import { useRouter } from 'next/navigation'
import { useState, useTransition } from 'react'
import { Button } from '@/components/ui/button'
import { revokeSessionAction } from '../actions'

export function RevokeButton({ sessionId, what }: { sessionId: string; what: string }) {
  const router = useRouter()
  const [isPending, start] = useTransition()
  const [problem, setProblem] = useState('')
  const end = () =>
    start(async () => {
      const result = await revokeSessionAction({ sessionId })
      setProblem(result.ok ? '' : result.refusal.message)
      router.refresh()
    })
  return (
    <span className="inline-flex flex-wrap items-center gap-2">
      <Button size="small" onClick={end} disabled={isPending} aria-label={`End the session of ${what}`}>
        {isPending ? 'Ending…' : 'End'}
      </Button>
      <span role="status">{problem}</span>
    </span>
  )
}
