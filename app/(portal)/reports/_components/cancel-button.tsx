'use client'

import { useRouter } from 'next/navigation'
import { useState, useTransition } from 'react'
import { Button } from '@/components/ui/button'
import { cancelReportAction } from '../actions'

/** One gesture: it can be asked for again, so nobody is asked whether they mean it. */
export function CancelButton({ id, reference }: { id: string; reference: string }) {
  const router = useRouter()
  const [isPending, start] = useTransition()
  const [problem, setProblem] = useState('')
  const cancel = () =>
    start(async () => {
      const result = await cancelReportAction({ id })
      setProblem(result.ok ? '' : result.refusal.message)
      router.refresh()
    })
  return (
    <div>
      <Button onClick={cancel} disabled={isPending}>
        Cancel<span className="sr-only"> {reference}</span>
      </Button>
      <p role="status" className="mt-1 max-w-60 text-secondary">
        {problem}
      </p>
    </div>
  )
}
