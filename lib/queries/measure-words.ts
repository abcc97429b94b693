import { untilLifted } from '@/lib/chain/order-kinds'
import type { OrderAction } from '@/lib/chain/orders'
import { noLimit } from '@/lib/compliance/limits'
import type { OrderValues } from '@/lib/db/order'
import { formatAmount } from '@/lib/format/amount'
import { countryName } from '@/lib/format/country'
import { groupDigits, sentence } from '@/lib/format/number'
import { formatTime } from '@/lib/format/time'
import { controlWords, type MeasureWords, type State } from './control-words'

/**
 * Measures and rules with the names that their subjects had when the order was prepared. What is done is read from the
 * arguments; the note beside gives the name, the unit and what stood before.
 */

/** Undefined for other kinds, and where no name was noted. */
export function measureWords(action: OrderAction, before: OrderValues): MeasureWords | undefined {
  const { name, symbol = '', decimals = '0' } = before
  if (name === undefined) return undefined
  const amount = (units: bigint) => formatAmount(units, Number(decimals))
  const held = `${amount(BigInt(before.balance ?? 0))}`
  switch (action.kind) {
    case 'Freeze': {
      const end = endOf(action.expiresAt)
      return {
        title: `${name} is frozen in ${symbol} ${end}`,
        object: `a freeze of ${name} in ${symbol} ${end}`,
        what: 'Account',
        now: frozenState(BigInt(before.until ?? 0)),
        next: { value: 'Frozen', note: `${end}, reviewed by ${at(action.reviewBy)}` },
      }
    }
    case 'Unfreeze':
      return {
        title: `The freeze of ${name} in ${symbol} is lifted`,
        object: `to lift the freeze of ${name} in ${symbol}`,
        what: 'Account',
        now: frozenState(BigInt(before.until ?? 0)),
        next: { value: 'Free', note: 'sends and receives again, within its limits' },
      }
    case 'FreezeAmount':
      return {
        title: `${amount(action.amount)} ${symbol} of ${name} are frozen in all`,
        object: `to freeze ${amount(action.amount)} ${symbol} of ${name} in all`,
        what: 'Frozen amount',
        now: { value: amount(BigInt(before.amount ?? 0)), unit: symbol, note: `of ${held} held` },
        next: { value: amount(action.amount), unit: symbol, note: `of ${held} held` },
      }
    case 'ForcedTransfer': {
      const what = `${amount(action.amount)} ${symbol} from ${name} to ${before.toName ?? action.to}`
      const left = BigInt(before.balance ?? 0) - action.amount
      return {
        title: `${what} are moved by force`,
        object: `a forced transfer of ${what}`,
        what: `What ${name} holds`,
        now: { value: held, unit: symbol, note: frozenNote(before, amount) },
        next: { value: amount(left < 0n ? 0n : left), unit: symbol, note: 'whatever the holder wants' },
      }
    }
    case 'Recover':
      return {
        title: `Another account of ${name} takes over all ${symbol} of a lost one`,
        object: `the recovery of an account of ${name} in ${symbol}`,
        what: 'The lost account',
        now: { value: held, unit: symbol, note: frozenNote(before, amount) },
        next: { value: 'Retired', note: 'all it held is with the replacement, frozen as before' },
      }
    case 'SetScreening':
      return {
        title: action.flagged
          ? `Screening flags ${name}: no account sends or receives`
          : `The screening flag of ${name} is taken away`,
        object: action.flagged ? `a screening flag on ${name}` : `to take away the screening flag of ${name}`,
        what: 'Screening',
        now: { value: before.flagged === 'true' ? 'Flagged' : 'Not flagged' },
        next: { value: action.flagged ? 'Flagged' : 'Not flagged' },
      }
    case 'Pause': {
      const end = endOf(action.expiresAt)
      return {
        title: `${name} is paused ${end}`,
        object: `a pause of ${name} ${end}`,
        what: 'Instrument',
        now: pausedState(BigInt(before.until ?? 0)),
        next: { value: 'Paused', note: `${end}, reviewed by ${at(action.reviewBy)}` },
      }
    }
    case 'Unpause':
      return {
        title: `The pause of ${name} is lifted`,
        object: `to lift the pause of ${name}`,
        what: 'Instrument',
        now: pausedState(BigInt(before.until ?? 0)),
        next: { value: 'Open', note: 'moves again, within its rules' },
      }
    case 'SetCountryRule': {
      const country = countryName(action.country)
      const verb = action.listed ? 'joins' : 'leaves'
      return {
        title: `${country} ${verb} the country list of ${name}`,
        object: `that ${country} ${verb} the country list of ${name}`,
        what: country,
        now: listed(before.listed === 'true'),
        next: listed(action.listed),
      }
    }
    case 'SetSupplyCap':
    case 'SetHolderCap': {
      const isSupply = action.kind === 'SetSupplyCap'
      const cap = (value: bigint): State =>
        value === noLimit
          ? { value: 'No cap' }
          : isSupply
            ? { value: amount(value), unit: symbol }
            : { value: groupDigits(value), unit: 'identities' }
      const then = cap(action.cap)
      const text = then.unit ? `${then.value} ${then.unit}` : 'no cap'
      const what = isSupply ? 'supply cap' : 'holder cap'
      return {
        title: `The ${what} of ${name} becomes ${text}`,
        object: `a ${what} of ${text} for ${name}`,
        what: sentence(what),
        now: before.cap === undefined ? { value: 'Not known' } : cap(BigInt(before.cap)),
        next: then,
      }
    }
    default:
      return controlWords(action, before)
  }
}

const frozenState = (until: bigint): State =>
  until === 0n ? { value: 'Free' } : { value: 'Frozen', note: endOf(until) }
const pausedState = (until: bigint): State =>
  until === 0n ? { value: 'Open' } : { value: 'Paused', note: endOf(until) }
const listed = (is: boolean): State => ({ value: is ? 'On the list' : 'Not on the list' })

const frozenNote = (before: OrderValues, amount: (units: bigint) => string) =>
  before.until && before.until !== '0'
    ? `the account is frozen ${endOf(BigInt(before.until))}`
    : before.amount && before.amount !== '0'
      ? `of which ${amount(BigInt(before.amount))} frozen`
      : 'none of it frozen'

/** 'until 24 Nov 2026 14:00:00 UTC', 'until it is lifted'. Seconds, exclusive. */
export const endOf = (seconds: bigint) =>
  seconds === untilLifted ? 'until it is lifted' : `until ${at(seconds)}`

function at(seconds: bigint): string {
  const date = new Date(Number(seconds) * 1000)
  return Number.isNaN(date.getTime()) ? `${seconds} s` : formatTime(date)
}
