'use client'

import type { ReactNode } from 'react'
import { Button } from '../ui/button'
import { ErrorSummary } from '../ui/error-summary'
import { Select, TextArea, TextInput } from '../ui/field'
import type { SummaryItem } from '../ui/summary-list'
import { CheckAnswers } from './check-answers'
import type { Checked, useProposal } from './use-proposal'

/** Reason codes with their words. */
export type Reasons = Readonly<Record<string, string>>

type Props = {
  proposal: ReturnType<typeof useProposal>
  reasons: Reasons
  /** What was answered, besides the grounds, once the server has judged it. */
  items: (checked: Checked) => SummaryItem[]
  /** Above the form and not part of it, as long as answers can be given. */
  before?: ReactNode
  /** The fields that this kind of order has of its own. */
  children: ReactNode
}

/** What every proposal asks in the same way: its own fields, then the grounds, then a look at the answers. */
export function ProposalForm({ proposal, reasons, items, before, children }: Props) {
  const { answers, checked, errors, errorOf, isReady, isPending, submit, confirm, change } = proposal
  if (checked) {
    return (
      <CheckAnswers
        items={[...items(checked), ...groundsOf(answers, reasons)]}
        signatures={checked.signatures}
        isPending={isPending}
        onChange={change}
        onConfirm={confirm}
      />
    )
  }
  return (
    <>
      {before}
      <form id="form" method="post" onSubmit={submit} noValidate className="space-y-6">
        <ErrorSummary errors={errors} />
        {children}
        <Select
          name="reason"
          label="Reason"
          defaultValue={answers.reason}
          error={errorOf('reason')}
          options={[
            { value: '', label: 'Choose a reason' },
            ...Object.entries(reasons).map(([value, label]) => ({ value, label: `${value} ${label}` })),
          ]}
        />
        <TextArea
          name="reasonText"
          label="Remark (optional)"
          rows={2}
          defaultValue={answers.reasonText}
          error={errorOf('reasonText')}
        />
        <TextInput
          name="legalText"
          label="Legal reference"
          hint="Article, letter or file. Its hash goes on chain"
          defaultValue={answers.legalText}
          error={errorOf('legalText')}
        />
        <Button type="submit" kind="primary" size="large" disabled={isPending || !isReady}>
          {isPending ? 'Checking…' : 'Continue'}
        </Button>
      </form>
    </>
  )
}

function groundsOf(answers: Record<string, string>, reasons: Reasons): SummaryItem[] {
  const { reason = '', reasonText, legalText } = answers
  return [
    { term: 'Reason', detail: `${reason} ${reasons[reason] ?? ''}` },
    ...(reasonText ? [{ term: 'Remark', detail: reasonText }] : []),
    { term: 'Legal reference', detail: legalText },
  ]
}
