import { measureSentence } from '@/components/measures/measure-words'
import { Address } from '@/components/ui/address'
import { Link } from '@/components/ui/link'
import { Notice } from '@/components/ui/notice'
import type { CustomerPage } from '@/lib/queries/customer'

/** What holds the customer back now besides KYC, before anything else on the page. */
export function StandingMeasures({ customer: { measures, flagged } }: { customer: CustomerPage }) {
  const standing = measures.filter(({ state }) => state === 'standing' || state === 'overdue')
  if (standing.length === 0 && !flagged) return null
  return (
    <div className="mb-4 space-y-2">
      {flagged && (
        <Notice status="warning" title="Flagged by screening">
          No account of this customer sends or receives, whatever its KYC says.
        </Notice>
      )}
      {standing.map((row) => (
        <Notice key={row.key} status="warning" title={measureSentence(row)}>
          <span className="flex flex-wrap gap-x-3">
            {row.account && <Address address={row.account} size="full" copy={false} />}
            {row.order.reference && (
              <Link href={`/orders/${row.order.reference}`}>{row.order.reference}</Link>
            )}
            {row.state === 'overdue' && 'Its review is overdue.'}
          </span>
        </Notice>
      ))}
    </div>
  )
}
