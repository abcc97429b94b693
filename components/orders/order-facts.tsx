import type { ReactNode } from 'react'
import { wholeAddress } from '@/components/ui/address'
import { Link } from '@/components/ui/link'
import type { SummaryItem } from '@/components/ui/summary-list'
import { Time } from '@/components/ui/time'
import { kycReasons } from '@/lib/acts/kyc.schema'
import { limitReasons } from '@/lib/acts/limits.schema'
import { measureReasons } from '@/lib/acts/measures.schema'
import { checksum } from '@/lib/format/address'
import type { OrderSummary } from '@/lib/queries/order'

/** Addresses here are whole: an order is read before it is signed, on every page. */
export const FullAddress = ({ address }: { address: string }) => (
  <span data-address={address.toLowerCase()} className={wholeAddress}>
    {checksum(address)}
  </span>
)

const reasonWords: Record<string, string> = {
  ...kycReasons,
  ...limitReasons,
  ...measureReasons,
}

/** What is known about an order, for its page and for the signing page. */
export function orderFacts(order: OrderSummary): SummaryItem[] {
  const { firm, reason, impact } = order
  return [
    ...(firm
      ? [
          item(
            'Firm',
            <>
              {firm.name} · LEI <span className="font-mono text-[0.8125rem]">{firm.lei}</span>
            </>,
          ),
        ]
      : []),
    item('About', <Subject order={order} />),
    item(
      'Reason',
      <>
        {reason.code} {reasonWords[reason.code]}
        {reason.text && ` · ${reason.text}`}
      </>,
    ),
    item('Legal reference', order.legalText),
    ...(impact
      ? [
          item(
            'Would have let pass',
            <>
              {impact.sentence}
              <span className="block text-12 text-secondary">{impact.counts}</span>
            </>,
          ),
        ]
      : []),
    item('Deadline', <Time at={order.deadline} />),
  ]
}

const item = (term: string, detail: ReactNode): SummaryItem => ({ term, detail })

function Subject({ order: { subject, firm } }: { order: OrderSummary }) {
  if (!subject.startsWith('0x')) {
    return firm ? <>Firm {subject}, all its customers together</> : <>Tier {subject}, each customer alone</>
  }
  // Whoever has a firm is a customer; an instrument is everybody's.
  return (
    <Link href={firm ? `/customers/${subject}` : `/instruments/${subject}`}>
      <FullAddress address={subject} />
    </Link>
  )
}
