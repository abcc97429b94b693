'use client'

import { useRouter } from 'next/navigation'
import { type ReactNode, useState, useTransition } from 'react'
import type { Result } from '@/lib/errors/refusal'
import { Button } from './button'

type Props = {
  act: () => Promise<Result<unknown>>
  /** The page to go to once it is done; a refusal is said in place. */
  goes: string
  children: ReactNode
}

/** One deed, done once at a time. */
export function ActButton({ act, goes, children }: Props) {
  const router = useRouter()
  const [isPending, start] = useTransition()
  const [problem, setProblem] = useState('')
  const run = () =>
    start(async () => {
      const result = await act()
      if (result.ok) router.push(goes)
      else setProblem(result.refusal.message)
    })
  return (
    <>
      <Button kind="primary" onClick={run} disabled={isPending}>
        {children}
      </Button>
      <p role="alert" className="mt-2 font-medium">
        {problem}
      </p>
    </>
  )
}
