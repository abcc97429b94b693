import { decodeArguments, kindLabel, type OrderAction } from '@/lib/chain/orders'
import { noLimit } from '@/lib/compliance/limits'
import type { OrderPhase } from '@/lib/compliance/order'
import type { OrderRecord } from '@/lib/db/order'
import { checksum } from '@/lib/format/address'
import { formatAmount } from '@/lib/format/amount'
import { formatDate, formatTime } from '@/lib/format/time'
import { measureWords } from './measure-words'
import { claimedMembers, phraseOf } from './order-phrases'

/** Orders in plain words. What an order does is read from its arguments, which its id binds, never from notes beside. */

const statuses = ['none', 'pending', 'verified', 'suspended', 'revoked'] as const
const scopeNames = ['identity', 'tier', 'firm'] as const
const windowNames = ['per transfer', '24 hours', '30 days', 'balance'] as const
const limitNames = ['limit per transfer', 'daily limit', '30-day limit', 'balance limit'] as const
export const referenceCurrency = 'USD'

export type Change = { label: string; value: string; unit?: string; note?: string | undefined }
export type OrderWords = {
  /** 'Limit change' */
  kind: string
  /** A whole sentence without its full stop. */
  title: string
  /** For 'You propose …', 'You approve …'. */
  object: string
  before: Change
  after: Change
}

export type WordedOrder = Pick<OrderRecord, 'kind' | 'arguments' | 'subject' | 'before'>

export function wordsOf(order: WordedOrder): OrderWords {
  const action = decodeArguments(order.kind, order.arguments)
  switch (action.kind) {
    case 'SetLimit':
      return limitWords(order, action)
    case 'DecideKyc':
      return kycWords(order, action)
    default:
      return plainWords(order, action)
  }
}

/** 'Now' and 'once this is in a block' are for what is still to come. */
export function wordsAt(order: OrderRecord, phase: OrderPhase): OrderWords {
  const words = wordsOf(order)
  const done = phase === 'effective' || phase === 'indexed'
  const over = ['expired', 'withdrawn', 'cancelled', 'rejected'].includes(phase)
  if (!done && !over) return words
  const after = done ? 'After' : 'Would have become'
  return { ...words, before: { ...words.before, label: 'Before' }, after: { ...words.after, label: after } }
}

/** Measures and rules by the names they were given; what else there is, from its arguments alone. */
function plainWords(order: WordedOrder, action: OrderAction): OrderWords {
  const named = measureWords(action, order.before)
  if (named) {
    const { title, object, what, now, next } = named
    return {
      kind: kindLabel(order.kind),
      title,
      object,
      before: { label: `${what} now`, ...now },
      after: { label: `${what} once this is in a block`, ...next },
    }
  }
  const phrase = phraseOf(action)
  return {
    kind: kindLabel(order.kind),
    title: capital(phrase.title),
    object: phrase.object,
    before: { label: 'Before', value: 'not recorded' },
    after: { label: 'Once this is in a block', value: capital(phrase.after) },
  }
}

type Of<Kind> = Extract<OrderAction, { kind: Kind }>

function limitWords(order: WordedOrder, action: Of<'SetLimit'>): OrderWords {
  const name = nameOf(order)
  const what = limitNames[action.window] ?? 'limit'
  const old =
    order.before.limit === undefined || order.before.limit === 'unset'
      ? undefined
      : BigInt(order.before.limit)
  const direction =
    old === undefined || old === action.limit ? 'new' : action.limit > old ? 'higher' : 'lower'
  return {
    kind: 'Limit change',
    title: `${possessive(name)} ${what} goes from ${old === undefined ? 'none set' : briefLimit(old)} to ${briefLimit(action.limit)}`,
    object: `a ${direction} ${what} for ${name}`,
    before: { label: `${capital(what)} now`, ...limitChange(old) },
    after: { label: `${capital(what)} once this is in a block`, ...limitChange(action.limit) },
  }
}

const limitChange = (limit: bigint | undefined) =>
  limit === undefined
    ? { value: 'None set' }
    : limit === noLimit
      ? { value: 'No limit' }
      : { value: formatAmount(limit, 2), unit: referenceCurrency }

function kycWords(order: WordedOrder, action: Of<'DecideKyc'>): OrderWords {
  const name = nameOf(order)
  const status = statuses[action.status] ?? `status ${action.status}`
  const end = action.expiry > 0n ? `, until ${dayOf(action.expiry)}` : ''
  const old = order.before
  return {
    kind: 'KYC decision',
    title: `${name} becomes ${status}, tier ${action.tier}${end}`,
    object: `the decision that ${name} is ${status}, tier ${action.tier}${end}`,
    before: {
      label: 'Standing now',
      value: capital(statuses[Number(old.status)] ?? 'unknown'),
      note: standingNote(Number(old.tier ?? 0), BigInt(old.expiry ?? 0)),
    },
    after: {
      label: 'Standing once this is in a block',
      value: capital(status),
      note: standingNote(action.tier, action.expiry),
    },
  }
}

const standingNote = (tier: number, expiry: bigint) =>
  [tier > 0 ? `tier ${tier}` : 'no tier', expiry > 0n ? `until ${dayOf(expiry)}` : '']
    .filter(Boolean)
    .join(', ')

/** What the page claims of the action, to be read back from the bytes by the second decoder. */
export function claimedWords(order: OrderRecord): Record<string, string> {
  const action = decodeArguments(order.kind, order.arguments)
  switch (action.kind) {
    case 'SetLimit':
      return {
        scope: scopeNames[action.scope] ?? '',
        subject: order.subject,
        window: windowNames[action.window] ?? '',
        limit: action.limit === noLimit ? 'no limit' : formatAmount(action.limit, 2),
      }
    case 'DecideKyc':
      return {
        identity: action.identity,
        status: statuses[action.status] ?? '',
        tier: String(action.tier),
        expiry: action.expiry === 0n ? 'none' : formatTime(dateOf(action.expiry)),
        evidence: action.evidence,
      }
    default:
      return claimedMembers(action)
  }
}

type Look = { word: string; status: 'compliant' | 'warning' | 'info' | 'pending' | 'closed' }

export const phaseLooks: Record<OrderPhase, Look> = {
  prepared: { word: 'Prepared', status: 'pending' },
  'awaiting-approval': { word: 'Awaiting approval', status: 'pending' },
  sent: { word: 'Sent', status: 'pending' },
  'in-block': { word: 'In block', status: 'info' },
  indexed: { word: 'Indexed', status: 'info' },
  effective: { word: 'Effective', status: 'compliant' },
  reverted: { word: 'Reverted', status: 'warning' },
  replaced: { word: 'Replaced', status: 'warning' },
  dropped: { word: 'Dropped', status: 'warning' },
  expired: { word: 'Expired', status: 'closed' },
  withdrawn: { word: 'Withdrawn', status: 'closed' },
  cancelled: { word: 'Cancelled', status: 'closed' },
  rejected: { word: 'Rejected', status: 'closed' },
}

/** A customer's reference or a firm's name as it was when the order was prepared; else the address in full. */
const nameOf = (order: WordedOrder): string =>
  order.before.name ?? (/^0x[0-9a-f]{40}$/.test(order.subject) ? checksum(order.subject) : order.subject)

const possessive = (name: string) => (name.endsWith('s') ? `${name}'` : `${name}'s`)
const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1)
const dateOf = (seconds: bigint) => new Date(Number(seconds) * 1000)
const dayOf = (seconds: bigint) => formatDate(dateOf(seconds))

/** '2.5m', '37.097m' where that is exact, and every digit where it is not or where it is less than a million. */
function briefLimit(limit: bigint): string {
  if (limit === noLimit) return 'no limit'
  if (limit < 100_000_000n || limit % 100_000n !== 0n) return formatAmount(limit, 2)
  const [whole, thousandths = ''] = formatAmount(limit / 100_000n, 3).split('.')
  return `${whole}.${thousandths.replace(/0{1,2}$/, '')}m`
}
