'use client'

import { useRouter } from 'next/navigation'
import { useState, useTransition } from 'react'
import { Button } from '@/components/ui/button'
import { watchInstrumentAction } from '../../actions'
import type { Given } from './token-form'

export function WatchButton({ input }: { input: Given }) {
  const router = useRouter()
  const [isPending, start] = useTransition()
  const [problem, setProblem] = useState('')
  const watch = () =>
    start(async () => {
      const result = await watchInstrumentAction(input)
      if (result.ok) router.push('/instruments#watched')
      else setProblem(result.refusal.message)
    })
  return (
    <>
      <Button kind="primary" onClick={watch} disabled={isPending}>
        Watch this instrument
      </Button>
      <p role="alert" className="mt-2 font-medium">
        {problem}
      </p>
    </>
  )
}
