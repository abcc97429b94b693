'use client'

import { useRouter } from 'next/navigation'
import { type FormEvent, useEffect, useState, useTransition } from 'react'
import { type FormError, formErrors } from '@/components/ui/error-summary'
import type { Result } from '@/lib/errors/refusal'

export type Answers = Record<string, string>
export type Checked = { before: Answers; after: Answers; signatures: number }

type Actions = {
  check: (answers: Answers) => Promise<Result<Checked>>
  prepare: (answers: Answers) => Promise<Result<{ reference: string }>>
}

/**
 * A form in the manner of GOV.UK: fill in, check your answers, then prepare. Both steps are judged by the server in
 * the same way; what the browser thinks of the answers is asked by nobody.
 */
export function useProposal({ check, prepare }: Actions, first: Answers) {
  const router = useRouter()
  const [isPending, start] = useTransition()
  const [answers, setAnswers] = useState(first)
  const [checked, setChecked] = useState<Checked>()
  const [errors, setErrors] = useState<FormError[]>([])
  // Until scripts run, submitting would be the browser's own: it would load the page again and lose the answers.
  const [isReady, setReady] = useState(false)
  useEffect(() => setReady(true), [])

  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const given = Object.fromEntries(
      [...new FormData(event.currentTarget)].map(([name, value]) => [name, String(value)]),
    )
    const all = { ...first, ...given }
    setAnswers(all)
    start(async () => {
      const result = await check(all)
      setErrors(result.ok ? [] : formErrors(result.refusal))
      setChecked(result.ok ? result.value : undefined)
    })
  }

  const confirm = () =>
    start(async () => {
      const result = await prepare(answers)
      if (result.ok) return router.push(`/orders/${result.value.reference}/sign`)
      setErrors(formErrors(result.refusal))
      setChecked(undefined)
    })

  const errorOf = (name: string) => errors.find(({ field }) => field === name)?.message
  return {
    answers,
    checked,
    errors,
    errorOf,
    isReady,
    isPending,
    submit,
    confirm,
    change: () => setChecked(undefined),
  }
}
