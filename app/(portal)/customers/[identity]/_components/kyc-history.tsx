import { standingStatus, standingWords } from '@/components/customers/standing-chip'
import { Link } from '@/components/ui/link'
import { Time } from '@/components/ui/time'
import { Timeline } from '@/components/ui/timeline'
import { groupDigits, sentence } from '@/lib/format/number'
import { formatDate } from '@/lib/format/time'
import type { KycStep } from '@/lib/queries/customer'

/** Every decision about the customer, newest first, with who proposed and who approved it. */
export function KycHistory({ steps }: { steps: readonly KycStep[] }) {
  if (steps.length === 0) return <p className="text-secondary">Nothing has been decided yet.</p>
  return (
    <Timeline
      label="KYC decisions, newest first"
      items={steps.map((step) => ({
        key: `${step.block} ${step.orderId}`,
        status: standingStatus(step.standing),
        title: titleOf(step),
        when: (
          <>
            <Time at={step.time} /> · block {groupDigits(step.block)}
          </>
        ),
        body: <Attribution step={step} />,
      }))}
    />
  )
}

const titleOf = ({ standing, tier, expiry }: KycStep): string =>
  standing === 'verified' && expiry
    ? `Verified, tier ${tier}, until ${formatDate(new Date(expiry))}`
    : standingWords[standing]

function Attribution({ step: { order } }: { step: KycStep }) {
  if (!order) return <p>By the authority</p>
  const { reference, proposer, approver, reason } = order
  const people = [
    proposer && `proposed by ${proposer}`,
    approver && approver !== proposer && `approved by ${approver}`,
  ]
  const words = people.filter(Boolean).join(', ')
  return (
    <>
      <p>
        {reference && (
          <>
            <Link href={`/orders/${reference}`}>{reference}</Link>{' '}
          </>
        )}
        {reference ? words : sentence(words || 'by the authority')}
      </p>
      {reason && <p>“{reason}”</p>}
    </>
  )
}
