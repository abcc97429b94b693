'use client'

import { useRouter } from 'next/navigation'
import { useState, useTransition } from 'react'
import { Button } from '@/components/ui/button'
import type { RequestReportInput } from '@/lib/acts/reports.schema'
import { requestReportAction } from '../actions'

export function RequestButton({ input }: { input: RequestReportInput }) {
  const router = useRouter()
  const [isPending, start] = useTransition()
  const [problem, setProblem] = useState('')
  const request = () =>
    start(async () => {
      const result = await requestReportAction(input)
      if (result.ok) router.push('/reports')
      else setProblem(result.refusal.message)
    })
  return (
    <>
      <Button kind="primary" onClick={request} disabled={isPending}>
        Request the register
      </Button>
      <p role="alert" className="mt-2 font-medium">
        {problem}
      </p>
    </>
  )
}
