import type { ReactNode } from 'react'
import { WholeAddress } from '@/components/ui/address'
import { Link } from '@/components/ui/link'
import type { SummaryItem } from '@/components/ui/summary-list'
import { Time } from '@/components/ui/time'
import { kycReasons } from '@/lib/acts/kyc.schema'
import { limitReasons } from '@/lib/acts/limits.schema'
import { measureReasons } from '@/lib/acts/measure-fields.schema'
import type { OrderSummary } from '@/lib/queries/order'

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
    item('About', <About about={order.about} />),
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

function About({ about: { text, href, isAddress } }: { about: OrderSummary['about'] }) {
  const words = isAddress ? <WholeAddress address={text} /> : text
  return href ? <Link href={href}>{words}</Link> : words
}
