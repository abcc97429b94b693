'use client'

import { type ReactNode, useEffect, useRef } from 'react'
import { Button } from '@/components/ui/button'
import { SummaryList } from '@/components/ui/summary-list'

type Props = {
  items: { term: string; detail: ReactNode }[]
  signatures: number
  isPending: boolean
  onChange: () => void
  onConfirm: () => void
}

/** The step before an order is made. Takes the focus, so that nobody is left where the form was. */
export function CheckAnswers({ items, signatures, isPending, onChange, onConfirm }: Props) {
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => heading.current?.focus(), [])
  return (
    <div className="space-y-4">
      <h2 ref={heading} tabIndex={-1} className="text-20 font-semibold outline-none">
        Check your answers
      </h2>
      <SummaryList items={items} />
      <p className="text-secondary">
        {signatures > 1
          ? 'Next you sign with your wallet. Nothing changes until a second person approves and the ledger has taken it up.'
          : 'Next you sign with your wallet. One signature is enough; it takes effect once the ledger has taken it up.'}
      </p>
      <div className="flex flex-wrap gap-2">
        <Button kind="primary" size="large" disabled={isPending} onClick={onConfirm}>
          {isPending ? 'Preparing…' : 'Prepare the order'}
        </Button>
        <Button size="large" disabled={isPending} onClick={onChange}>
          Change answers
        </Button>
      </div>
    </div>
  )
}
