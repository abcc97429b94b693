import { plural } from '@/lib/format/number'
import { formatDate } from '@/lib/format/time'
import type { CustomerPage } from '@/lib/queries/customer'

/** How the customer stands, in one sentence that a person would say. */
export function standingSentence({ standing, tier, expiry, daysLeft, firm }: CustomerPage): string {
  const day = expiry === null ? '' : formatDate(new Date(expiry))
  const rest = `tier ${tier}, answered for by ${firm.name}`
  switch (standing) {
    case 'verified':
      return `Verified until ${day}, ${rest}.`
    case 'expiring':
      return `Verified until ${day}, ${rest}; ${leftOf(daysLeft ?? 0)}.`
    case 'expired':
      return `The verification ended on ${day}: no account of this customer may send or receive. Answered for by ${firm.name}.`
    case 'pending':
      return `Not verified yet: no account of this customer may send or receive. Answered for by ${firm.name}.`
    case 'suspended':
      return `Suspended: no account of this customer may send or receive. Answered for by ${firm.name}.`
    case 'revoked':
      return `Revoked: no account of this customer may send or receive. Answered for by ${firm.name}.`
  }
}

const leftOf = (days: number) =>
  days < 1 ? 'it expires within a day' : `it expires in ${plural(days, 'day')}`
