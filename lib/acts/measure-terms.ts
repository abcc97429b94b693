import 'server-only'
import type { Address } from 'viem'
import { untilLifted } from '@/lib/chain/order-kinds'
import type { OrderAction } from '@/lib/chain/orders'
import { measureRefusal, minuteOf } from '@/lib/compliance/measures'
import type { InstrumentRecord } from '@/lib/db/instrument'
import { accept, type Result } from '@/lib/errors/refusal'
import type { InputOf } from './measures.schema'
import type { OrderPlan } from './prepare-order'
import { wrongField } from './proposal'

/** What a kind of measure says of itself; the rest of an order is the same for all. */
export type PlannedMeasure = Pick<OrderPlan, 'blockTime' | 'firmId' | 'subject' | 'before' | 'after'> & {
  action: OrderAction
  /** The contract that acts. */
  target: Address
  /** A second person is needed whatever the kind asks: the officer wants one, or the contract does for these arguments. */
  confirmed?: boolean
}

/** What is to become of an instrument as a whole, or of a rule that it obeys. */
export type Judged = Pick<PlannedMeasure, 'action' | 'target' | 'before' | 'after'>

/** Nobody's firm is concerned more than another. */
export function ofInstrument(
  { address, symbol, decimals }: InstrumentRecord,
  { before, ...judged }: Judged,
  blockTime: bigint,
): PlannedMeasure {
  const about = { name: symbol, symbol, decimals: String(decimals), ...before }
  return { ...judged, before: about, blockTime, firmId: null, subject: address }
}

type Terms = { expiresAt: bigint; reviewBy: bigint }

/**
 * From when to when, as Dispatch will judge it: review before the end, both to come, and one officer's measure within
 * 72 hours. `standing` is the end of the same measure that stands already, 0 if none does.
 */
export function termsOf(
  { confirmed, ends, ...times }: InputOf<'freeze'> | InputOf<'pause'>,
  { blockTime, standing, is }: { blockTime: bigint; standing: bigint; is: 'frozen' | 'paused' },
): Result<Terms> {
  const alone = confirmed === 'alone'
  if (alone && ends === 'lifted') {
    return wrongField('ends', 'With your signature alone it needs an end, at most 72 hours from now')
  }
  const expiresAt = ends === 'lifted' ? untilLifted : minuteOf(times.expiresAt)
  if (expiresAt === undefined) return wrongField('expiresAt', 'Enter the date and time at which it ends')
  const refusal = (reviewBy: bigint) =>
    measureRefusal({ reviewBy, expiresAt }, { now: blockTime, alone, standing })
  if (refusal(expiresAt) === 'BadMeasure') return wrongField('expiresAt', 'The end must be in the future')
  if (refusal(expiresAt) === 'EmergencyTooLong') {
    return wrongField('expiresAt', 'With your signature alone it ends within 72 hours. Longer needs a second')
  }
  if (expiresAt !== untilLifted && expiresAt > blockTime + longest) {
    return wrongField('expiresAt', 'The end must be within ten years, or choose until it is lifted')
  }
  const reviewBy = minuteOf(times.reviewBy)
  if (reviewBy === undefined) return wrongField('reviewBy', 'Enter by when somebody has to look at it again')
  if (reviewBy <= blockTime) return wrongField('reviewBy', 'The review must be in the future')
  if (refusal(reviewBy) === 'BadMeasure')
    return wrongField('reviewBy', 'The review must not be after the end')
  if (reviewBy > blockTime + longest) return wrongField('reviewBy', 'The review must be within ten years')
  // As long as the one that stands would change nothing.
  if (refusal(reviewBy) === 'MeasureShortened' || standing === expiresAt) {
    const only = 'It can only be made longer here; to end it, lift it'
    return wrongField(ends === 'lifted' ? 'ends' : 'expiresAt', `It is ${is} already. ${only}`)
  }
  return accept({ expiresAt, reviewBy })
}

const longest = 10n * 366n * 86_400n
