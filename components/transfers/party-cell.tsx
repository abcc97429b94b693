import { zeroAddress } from '@/lib/format/address'
import type { Party } from '@/lib/queries/transfer-row'
import { Address } from '../ui/address'
import { Link } from '../ui/link'
import { accountHref, customerHref, firmHref } from './transfer-link'

/** Firm first, then customer and short address: who, before which account. */
export function PartyCell({ party, side }: { party: Party; side: 'from' | 'to' }) {
  const { address, firm, customer } = party
  if (address === zeroAddress) {
    return (
      <span className="text-secondary">
        {side === 'from' ? 'Issued, from nobody' : 'Redeemed, to nobody'}
      </span>
    )
  }
  // Every link 24 px high, which two lines of a row have room for.
  return (
    <div className="-my-1 leading-6 [&_a]:inline-block">
      <div className="font-medium">
        {firm && customer ? (
          <Link href={firmHref(firm.id)}>{firm.name}</Link>
        ) : (
          (firm?.name ?? <span className="font-regular text-secondary">Nobody we know</span>)
        )}
      </div>
      <div className="flex flex-wrap gap-x-2 text-12 leading-6 text-secondary">
        {customer && (
          <Link href={customerHref(customer.identity)} quiet>
            {customer.reference}
          </Link>
        )}
        <Address address={address} href={accountHref(address)} />
      </div>
    </div>
  )
}
