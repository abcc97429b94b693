'use client'

import { useState } from 'react'
import { ProposalForm } from '@/components/orders/proposal-form'
import { type Answers, useProposal } from '@/components/orders/use-proposal'
import { Radios, Select, TextInput } from '@/components/ui/field'
import { SummaryList } from '@/components/ui/summary-list'
import { type KycStatus, kycReasons } from '@/lib/acts/kyc.schema'
import { checksum } from '@/lib/format/address'
import { sentence } from '@/lib/format/number'
import { formatDate } from '@/lib/format/time'
import type { DecidePage } from '@/lib/queries/proposals'
import { checkKycAction, prepareKycAction } from '../actions'

const statuses = ['none', 'pending', 'verified', 'suspended', 'revoked']
const decisions: { value: KycStatus; label: string; hint: string }[] = [
  {
    value: 'verified',
    label: 'Verify',
    hint: 'May send and receive within the limits of the tier until the end date',
  },
  { value: 'suspended', label: 'Suspend', hint: 'No transfer in or out until decided otherwise' },
  { value: 'revoked', label: 'Revoke', hint: 'No transfer in or out; the relationship ends' },
  { value: 'pending', label: 'Back to pending', hint: 'The firm has to hand in more' },
]

export function DecideForm({ page }: { page: DecidePage }) {
  const proposal = useProposal(
    { check: checkKycAction, prepare: prepareKycAction },
    {
      identity: page.identity,
      status: '',
      tier: page.tiers.includes(String(page.tier)) ? String(page.tier) : (page.tiers[0] ?? ''),
      expiry: '',
      evidence: '',
      reason: '',
      reasonText: '',
      legalText: '',
    },
  )
  const { answers, errorOf } = proposal
  const [status, setStatus] = useState('')
  const chosen = status || answers.status
  return (
    <ProposalForm proposal={proposal} reasons={kycReasons} items={() => answerItems(page, answers)}>
      <SummaryList
        items={[
          { term: 'Customer', detail: `${page.name}${page.firmName ? ` of ${page.firmName}` : ''}` },
          {
            term: 'Identity',
            detail: <span className="font-mono text-[0.8125rem]">{checksum(page.identity)}</span>,
          },
          { term: 'Standing now', detail: standing(page.status, page.tier, page.expiry) },
        ]}
      />
      <Radios
        name="status"
        label="What do you decide?"
        options={decisions}
        defaultValue={answers.status}
        error={errorOf('status')}
        onChange={(event) => setStatus(event.target.value)}
      />
      <Select
        name="tier"
        label="Tier"
        hint="The tier decides which limits apply"
        defaultValue={answers.tier}
        error={errorOf('tier')}
        options={page.tiers.map((tier) => ({ value: tier, label: `Tier ${tier}` }))}
        className="max-w-40"
      />
      <div hidden={chosen !== 'verified'}>
        <TextInput
          name="expiry"
          label="Verification ends on"
          hint="From this day on (UTC) the customer is no longer verified"
          type="date"
          defaultValue={answers.expiry}
          error={errorOf('expiry')}
          className="max-w-48"
        />
      </div>
      <TextInput
        name="evidence"
        label="Evidence reference"
        hint="The file it rests on. On chain goes only a salted hash of it"
        defaultValue={answers.evidence}
        error={errorOf('evidence')}
      />
    </ProposalForm>
  )
}

function answerItems(page: DecidePage, answers: Answers) {
  const { status = '', tier, expiry, evidence } = answers
  const end = status === 'verified' && expiry ? `, until ${formatDate(new Date(`${expiry}T00:00:00Z`))}` : ''
  return [
    { term: 'Customer', detail: page.name },
    { term: 'Standing now', detail: standing(page.status, page.tier, page.expiry) },
    { term: 'Standing after', detail: `${sentence(status)}, tier ${tier}${end}` },
    { term: 'Evidence reference', detail: evidence },
  ]
}

const standing = (status: number, tier: number, expiry: string | null) =>
  `${sentence(statuses[status] ?? 'unknown')}${tier ? `, tier ${tier}` : ''}${expiry ? `, until ${formatDate(new Date(expiry))}` : ''}`
