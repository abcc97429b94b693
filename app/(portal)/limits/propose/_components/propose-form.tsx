'use client'

import { useState } from 'react'
import { CheckAnswers } from '@/components/orders/check-answers'
import { useProposal } from '@/components/orders/use-proposal'
import { Button } from '@/components/ui/button'
import { ErrorSummary } from '@/components/ui/error-summary'
import { Radios, Select, TextArea, TextInput } from '@/components/ui/field'
import { SummaryList } from '@/components/ui/summary-list'
import { Tabs } from '@/components/ui/tabs'
import { limitReasons } from '@/lib/acts/limits.schema'
import { formatAmount, maxAmount } from '@/lib/format/amount'
import type { LimitProposalPage } from '@/lib/queries/proposals'
import { checkLimitAction, prepareLimitAction } from '../actions'

type Chosen = NonNullable<LimitProposalPage['chosen']>

const windowLabels = { transfer: 'Per transfer', day: '24 hours', month: '30 days', balance: 'Balance' }
const reasons = Object.entries(limitReasons).map(([value, label]) => ({ value, label: `${value} ${label}` }))

export function ProposeForm({ chosen }: { chosen: Chosen }) {
  const { scope, subject, window, limit } = chosen
  const { answers, checked, errors, errorOf, isReady, isPending, submit, confirm, change } = useProposal(
    { check: checkLimitAction, prepare: prepareLimitAction },
    { scope, subject, window, bound: 'amount', amount: '', reason: '', reasonText: '', legalText: '' },
  )
  const [bound, setBound] = useState('amount')
  if (checked) {
    return (
      <CheckAnswers
        items={answerItems(chosen, answers, checked.after.limit ?? '')}
        signatures={checked.signatures}
        isPending={isPending}
        onChange={change}
        onConfirm={confirm}
      />
    )
  }
  const hint =
    limit === null || BigInt(limit) === maxAmount
      ? 'Inclusive: a transfer of exactly this much passes'
      : `Now ${formatAmount(limit, 2)}. Inclusive: a transfer of exactly this much passes`
  return (
    <>
      <Tabs
        label="Which limit"
        tabs={chosen.windows.map((each) => ({
          href: `/limits/propose?scope=${scope}&subject=${subject}&window=${each}`,
          label: windowLabels[each],
          current: each === window,
        }))}
      />
      <form method="post" onSubmit={submit} noValidate className="space-y-6">
        <ErrorSummary errors={errors} />
        <SummaryList items={standing(chosen)} />
        <Radios
          name="bound"
          label="New limit"
          defaultValue={answers.bound}
          error={errorOf('bound')}
          onChange={(event) => setBound(event.target.value)}
          options={[
            { value: 'amount', label: 'An amount' },
            { value: 'none', label: 'No limit', hint: 'Says so on chain; not the same as leaving it unset' },
          ]}
        />
        <div hidden={bound === 'none'}>
          {/* Without a limit there is no amount: an empty field is sent in place of a forgotten one. */}
          <TextInput
            key={bound}
            name="amount"
            label="Amount"
            hint={hint}
            suffix="USD"
            inputMode="decimal"
            autoComplete="off"
            defaultValue={bound === 'none' ? '' : answers.amount}
            error={errorOf('amount')}
            className="max-w-60 text-right tabular-nums"
          />
        </div>
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
    </>
  )
}

/** Limit, used and headroom, as far as they exist for this limit. */
function standing({ name, limit, used }: Chosen) {
  const bounded = limit !== null && BigInt(limit) !== maxAmount ? BigInt(limit) : undefined
  const left = bounded !== undefined && used !== null ? bounded - BigInt(used) : undefined
  return [
    { term: 'Whose', detail: name },
    { term: 'Limit now', detail: inWords(limit) },
    ...(used === null ? [] : [{ term: 'Used', detail: `${formatAmount(used, 2)} USD` }]),
    ...(left === undefined
      ? []
      : [{ term: 'Headroom', detail: `${formatAmount(left > 0n ? left : 0n, 2)} USD` }]),
  ]
}

function answerItems(chosen: Chosen, answers: Record<string, string>, after: string) {
  const { reason = '', reasonText, legalText } = answers
  return [
    { term: 'Whose', detail: chosen.name },
    { term: 'Which limit', detail: windowLabels[chosen.window] },
    { term: 'Limit now', detail: inWords(chosen.limit) },
    { term: 'Limit after', detail: <strong className="font-semibold">{inWords(after)}</strong> },
    { term: 'Reason', detail: `${reason} ${limitReasons[reason as keyof typeof limitReasons] ?? ''}` },
    ...(reasonText ? [{ term: 'Remark', detail: reasonText }] : []),
    { term: 'Legal reference', detail: legalText },
  ]
}

const inWords = (limit: string | null) =>
  limit === null || limit === ''
    ? 'None set'
    : BigInt(limit) === maxAmount
      ? 'No limit'
      : `${formatAmount(limit, 2)} USD`
