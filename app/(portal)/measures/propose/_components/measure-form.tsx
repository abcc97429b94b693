'use client'

import { ProposalForm } from '@/components/orders/proposal-form'
import { useProposal } from '@/components/orders/use-proposal'
import { measureReasons } from '@/lib/acts/measure-fields.schema'
import type { MeasureProposalPage } from '@/lib/queries/measure-proposal'
import { checkMeasureAction, prepareMeasureAction } from '../actions'
import { answerItems } from './answer-items'
import { fieldsOf, firstAnswers } from './fields'
import { HoldingsNow } from './holdings-now'
import { KindField } from './kind-field'

/** One form for every kind: which fields it has is in fields.ts, what each looks like in kind-field.tsx. */
export function MeasureForm({ page }: { page: MeasureProposalPage }) {
  const proposal = useProposal(
    { check: checkMeasureAction, prepare: prepareMeasureAction },
    firstAnswers(page),
  )
  const { answers, errorOf } = proposal
  return (
    <ProposalForm
      proposal={proposal}
      reasons={measureReasons}
      items={(checked) => answerItems(page, answers, checked)}
    >
      <HoldingsNow page={page} />
      {fieldsOf[page.kind].map((name) => (
        <KindField key={name} name={name} page={page} answers={answers} error={errorOf(name)} />
      ))}
    </ProposalForm>
  )
}
