'use client'

import { CheckAnswers } from '@/components/orders/check-answers'
import { useProposal } from '@/components/orders/use-proposal'
import { Button } from '@/components/ui/button'
import { ErrorSummary } from '@/components/ui/error-summary'
import { Select, TextArea, TextInput } from '@/components/ui/field'
import { measureReasons } from '@/lib/acts/measures.schema'
import type { MeasureProposalPage } from '@/lib/queries/measure-proposal'
import { checkMeasureAction, prepareMeasureAction } from '../actions'
import { answerItems } from './answer-items'
import { fieldsOf, firstAnswers } from './fields'
import { HoldingsNow } from './holdings-now'
import { KindField } from './kind-field'

const reasons = Object.entries(measureReasons).map(([value, label]) => ({
  value,
  label: `${value} ${label}`,
}))

/** One form for every kind: which fields it has is in fields.ts, what each looks like in kind-field.tsx. */
export function MeasureForm({ page }: { page: MeasureProposalPage }) {
  const { answers, checked, errors, errorOf, isReady, isPending, submit, confirm, change } = useProposal(
    { check: checkMeasureAction, prepare: prepareMeasureAction },
    firstAnswers(page),
  )
  if (checked) {
    return (
      <CheckAnswers
        items={answerItems(page, answers, checked)}
        signatures={checked.signatures}
        isPending={isPending}
        onChange={change}
        onConfirm={confirm}
      />
    )
  }
  return (
    <form id="form" method="post" onSubmit={submit} noValidate className="space-y-6">
      <ErrorSummary errors={errors} />
      <HoldingsNow page={page} />
      {fieldsOf[page.kind].map((name) => (
        <KindField key={name} name={name} page={page} value={answers[name] ?? ''} error={errorOf(name)} />
      ))}
      <Select
        name="reason"
        label="Reason"
        defaultValue={answers.reason}
        error={errorOf('reason')}
        options={[{ value: '', label: 'Choose a reason' }, ...reasons]}
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
  )
}
