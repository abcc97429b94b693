'use client'

import { useState } from 'react'
import { ProposalForm } from '@/components/orders/proposal-form'
import { useProposal } from '@/components/orders/use-proposal'
import { Radios, TextInput } from '@/components/ui/field'
import { SummaryList } from '@/components/ui/summary-list'
import { Tabs } from '@/components/ui/tabs'
import { limitReasons } from '@/lib/acts/limits.schema'
import { formatAmount, maxAmount } from '@/lib/format/amount'
import type { LimitProposalPage } from '@/lib/queries/proposals'
import { checkLimitAction, prepareLimitAction } from '../actions'

type Chosen = NonNullable<LimitProposalPage['chosen']>

const windowLabels = { transfer: 'Per transfer', day: '24 hours', month: '30 days', balance: 'Balance' }

export function ProposeForm({ chosen }: { chosen: Chosen }) {
  const { scope, subject, window, limit } = chosen
  const proposal = useProposal(
    { check: checkLimitAction, prepare: prepareLimitAction },
    { scope, subject, window, bound: 'amount', amount: '', reason: '', reasonText: '', legalText: '' },
  )
  const { answers, errorOf } = proposal
  const [bound, setBound] = useState('amount')
  const hint =
    limit === null || BigInt(limit) === maxAmount
      ? 'Inclusive: a transfer of exactly this much passes'
      : `Now ${formatAmount(limit, 2)}. Inclusive: a transfer of exactly this much passes`
  return (
    <ProposalForm
      proposal={proposal}
      reasons={limitReasons}
      items={({ after }) => answerItems(chosen, after.limit ?? '')}
      before={
        <Tabs
          label="Which limit"
          tabs={chosen.windows.map((each) => ({
            href: `/limits/propose?scope=${scope}&subject=${subject}&window=${each}`,
            label: windowLabels[each],
            current: each === window,
          }))}
        />
      }
    >
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
    </ProposalForm>
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

function answerItems(chosen: Chosen, after: string) {
  return [
    { term: 'Whose', detail: chosen.name },
    { term: 'Which limit', detail: windowLabels[chosen.window] },
    { term: 'Limit now', detail: inWords(chosen.limit) },
    { term: 'Limit after', detail: <strong className="font-semibold">{inWords(after)}</strong> },
  ]
}

const inWords = (limit: string | null) =>
  limit === null || limit === ''
    ? 'None set'
    : BigInt(limit) === maxAmount
      ? 'No limit'
      : `${formatAmount(limit, 2)} USD`
