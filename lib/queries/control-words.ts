import type { OrderAction } from '@/lib/chain/orders'
import { kindLabel } from '@/lib/chain/orders'
import { upgradeDelayDays } from '@/lib/compliance/measures'
import type { OrderValues } from '@/lib/db/order'
import { checksum, zeroAddress } from '@/lib/format/address'
import { formatAmount } from '@/lib/format/amount'
import { countryName } from '@/lib/format/country'
import { plural } from '@/lib/format/number'
import { formatTime } from '@/lib/format/time'
import { rolesOf } from './order-phrases'

export type State = { value: string; unit?: string; note?: string | undefined }
export type MeasureWords = { title: string; object: string; what: string; now: State; next: State }

/** Orders about code, rules and the suite itself, in the manner of measure-words.ts. Undefined for other kinds. */
export function controlWords(action: OrderAction, before: OrderValues): MeasureWords | undefined {
  const { name = '' } = before
  switch (action.kind) {
    case 'SetCountry': {
      const country = countryName(action.country)
      return {
        title: `${name} is of ${country} from now on`,
        object: `that ${name} is of ${country}`,
        what: 'Country',
        now: { value: before.country ? countryName(Number(before.country)) : 'Not known' },
        next: { value: country },
      }
    }
    case 'SetRate':
      return {
        title: `${name} is counted at ${action.numerator} to ${action.denominator}`,
        object: `a rate of ${action.numerator} to ${action.denominator} for ${name}`,
        what: 'Rate',
        now: { value: before.numerator ? `${before.numerator} to ${before.denominator}` : 'Not known' },
        next: {
          value: `${action.numerator} to ${action.denominator}`,
          note: 'cents of the reference currency to units',
        },
      }
    case 'SetCompliance':
      return {
        title: `${name} obeys another compliance contract`,
        object: `another compliance contract for ${name}`,
        what: 'Compliance contract',
        now: { value: before.compliance ? checksum(before.compliance) : 'Not known' },
        next: {
          value: checksum(action.compliance),
          note: 'its rules take the place of all rules there are now',
        },
      }
    case 'Upgrade':
      return upgradeWords(action, before)
    case 'Preapprove':
      return preapprovalWords(action, before)
    case 'SetTrustedIssuer': {
      const is = action.trusted ? 'is trusted' : 'is trusted no longer'
      return {
        title: `${name} ${is} for claims of topic ${action.topic}`,
        object: `that ${name} ${is} for claims of topic ${action.topic}`,
        what: 'Issuer',
        now: { value: before.trusted === 'true' ? 'Trusted' : 'Not trusted' },
        next: action.trusted
          ? { value: 'Trusted', note: `its claims of topic ${action.topic} count` }
          : { value: 'Not trusted', note: `its claims of topic ${action.topic} count no longer` },
      }
    }
    case 'SetClaimTopic': {
      const what = `a claim of topic ${action.topic}`
      return {
        title: action.required ? `Everybody needs ${what}` : `Nobody needs ${what} any more`,
        object: action.required ? `that everybody needs ${what}` : `that nobody needs ${what}`,
        what: `Topic ${action.topic}`,
        now: { value: before.required === 'true' ? 'Needed' : 'Not needed' },
        next: action.required
          ? { value: 'Needed', note: 'whoever has none neither sends nor receives' }
          : { value: 'Not needed' },
      }
    }
    case 'SetRoles': {
      const roles = rolesOf(action.roles)
      const held = rolesOf(BigInt(before.roles ?? 0))
      return {
        title: `A wallet of ${name} holds: ${roles}`,
        object: `these roles for a wallet of ${name}: ${roles}`,
        what: 'Roles of the wallet',
        now: { value: held },
        next: { value: roles },
      }
    }
    case 'Delegate':
      return delegationWords(action, before)
    case 'SetSignatures': {
      const what = plural(action.signatures, 'signature')
      const kind = kindLabel(action.ofKind)
      return {
        title: `Orders of the kind “${kind}” take ${what}`,
        object: `${what} for orders of the kind “${kind}”`,
        what: 'Signatures needed',
        now: { value: before.signatures ? plural(Number(before.signatures), 'signature') : 'Not known' },
        next: { value: what },
      }
    }
    default:
      return undefined
  }
}

type Of<Kind> = Extract<OrderAction, { kind: Kind }>

function upgradeWords({ implementation }: Of<'Upgrade'>, before: OrderValues): MeasureWords {
  const { name = '', scheduled, previous } = before
  const now = {
    value: before.implementation ? checksum(before.implementation) : 'Not known',
    note: scheduled ? `scheduled: ${checksum(scheduled)}` : 'nothing is scheduled',
  }
  const what = 'Code'
  if (implementation === zeroAddress) {
    return {
      title: `The scheduled upgrade of ${name} is taken back`,
      object: `to take back the scheduled upgrade of ${name}`,
      ...{ what, now, next: { value: now.value, note: 'the code in force stays' } },
    }
  }
  if (implementation === previous) {
    return {
      title: `${name} goes back to its previous code, at once`,
      object: `the way back of ${name} to its previous code`,
      ...{
        what,
        now,
        next: { value: checksum(implementation), note: 'in force at once; there is one way back' },
      },
    }
  }
  return {
    title: `An upgrade of ${name} is scheduled`,
    object: `an upgrade of ${name}`,
    ...{ what, now },
    next: {
      value: checksum(implementation),
      note: `scheduled: an administrator can put it in force after ${upgradeDelayDays} days`,
    },
  }
}

function preapprovalWords(
  { from, to, amount, expiresAt }: Of<'Preapprove'>,
  before: OrderValues,
): MeasureWords {
  const {
    symbol = '',
    decimals = '0',
    until = '0',
    fromName = checksum(from),
    toName = checksum(to),
  } = before
  const units = `${formatAmount(amount, Number(decimals))} ${symbol}`
  const pair = `${units} from ${fromName} to ${toName}`
  const state = (seconds: bigint) =>
    seconds === 0n ? { value: 'Not allowed' } : { value: 'Allowed once', note: `until ${at(seconds)}` }
  return {
    title:
      expiresAt === 0n
        ? `The approval of ${pair} is taken back`
        : `${pair} may move once, until ${at(expiresAt)}`,
    object: expiresAt === 0n ? `to take back the approval of ${pair}` : `one transfer of ${pair}`,
    what: 'This transfer',
    now: state(BigInt(until)),
    next: state(expiresAt),
  }
}

function delegationWords({ startsAt, until }: Of<'Delegate'>, before: OrderValues): MeasureWords {
  const { name = '', principalName = '' } = before
  const span = (from: bigint, end: bigint) => `from ${at(from)} until ${at(end)}`
  const state = (from: bigint, end: bigint) =>
    end === 0n ? { value: 'Acts for nobody' } : { value: `Acts for ${principalName}`, note: span(from, end) }
  const ends = until === 0n
  return {
    title: ends
      ? `${name} acts for ${principalName} no longer`
      : `${name} acts for ${principalName} ${span(startsAt, until)}`,
    object: ends
      ? `that ${name} acts for ${principalName} no longer`
      : `that ${name} acts for ${principalName} ${span(startsAt, until)}`,
    what: 'Deputy',
    now: state(BigInt(before.startsAt ?? 0), BigInt(before.until ?? 0)),
    next: state(startsAt, until),
  }
}

function at(seconds: bigint): string {
  const date = new Date(Number(seconds) * 1000)
  return Number.isNaN(date.getTime()) ? `${seconds} s` : formatTime(date)
}
