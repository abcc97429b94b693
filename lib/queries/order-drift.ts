import 'server-only'
import { decodeArguments } from '@/lib/chain/orders'
import { codes, limitCodes } from '@/lib/compliance/codes'
import { noLimit, windowName } from '@/lib/compliance/limits'
import type { Tx } from '@/lib/db/client'
import { findIdentity } from '@/lib/db/identity'
import { findLimitImpact } from '@/lib/db/limit-impact'
import { findLimit } from '@/lib/db/limit-now'
import type { OrderRecord } from '@/lib/db/order'
import { formatAmount } from '@/lib/format/amount'
import { plural } from '@/lib/format/number'
import { formatDate } from '@/lib/format/time'
import { findMeasureDrift } from './measure-drift'

const statuses = ['none', 'pending', 'verified', 'suspended', 'revoked']

/** What is no longer as the proposer saw it, in a sentence; null if nothing is. */
export async function findDrift(tx: Tx, order: OrderRecord): Promise<string | null> {
  const action = decodeArguments(order.kind, order.arguments)
  if (action.kind === 'SetLimit') {
    const key = { scope: action.scope, subject: order.subject, window: action.window }
    const now = await findLimit(tx, order.chainId, key)
    const then = order.before.limit
    if (then === (now === undefined ? 'unset' : String(now))) return null
    return `When this was proposed the limit was ${inWords(then)}; it is ${inWords(now?.toString())} now.`
  }
  if (action.kind === 'DecideKyc') {
    const identity = await findIdentity(tx, order.chainId, order.subject)
    const now = identity && standing(identity.status, identity.tier, identity.expiry)
    const expiry = BigInt(order.before.expiry ?? 0)
    const then = standing(
      Number(order.before.status),
      Number(order.before.tier),
      expiry === 0n ? null : new Date(Number(expiry) * 1000),
    )
    return now === then ? null : `When this was proposed the customer was ${then}; now: ${now ?? 'unknown'}.`
  }
  return findMeasureDrift(tx, order, action)
}

const inWords = (limit: string | undefined) =>
  limit === undefined || limit === 'unset'
    ? 'not set'
    : BigInt(limit) === noLimit
      ? 'no limit'
      : `${formatAmount(limit, 2)} USD`

const standing = (status: number, tier: number, expiry: Date | null) =>
  `${statuses[status] ?? status}, tier ${tier}${expiry ? `, until ${formatDate(expiry)}` : ''}`

export type Impact = { sentence: string; counts: string }

const days = 30
const counts =
  'Counts transfers that this limit refused, each by itself and at today’s reference value. Another rule might still have refused them, and one that passed would have left less for the next.'

/** What a higher limit would have let pass; null for any other order. `now` is the block's time. */
export async function findImpact(
  tx: Tx,
  chainId: number,
  change: { scope: number; subject: string; window: number; before: bigint | undefined; after: bigint },
  now: Date,
): Promise<Impact | null> {
  const { scope, subject, window, after } = change
  const tier = scope === 0 ? (await findIdentity(tx, chainId, subject))?.tier.toString() : undefined
  const before = change.before ?? (await unstated(tx, chainId, { scope, tier, window }))
  if (after <= before) return null
  const code = codeOf(scope, window)
  const since = new Date(now.getTime() - days * 86_400_000)
  const found = await findLimitImpact(tx, { chainId, code, subject, tier, rise: after - before, since })
  if (found.refused === 0) {
    return { sentence: `This limit refused no transfer in the last ${days} days.`, counts }
  }
  const refused = `${plural(found.refused, 'transfer')} that this limit refused in the last ${days} days`
  if (found.pass === 0) return { sentence: `It would not have let pass the ${refused}.`, counts }
  const who = plural(found.senders, 'customer')
  return { sentence: `${found.pass} of ${refused}: ${who}, ${formatAmount(found.value, 2)} USD.`, counts }
}

/** Whose refusals this limit's are. */
function codeOf(scope: number, window: number): number {
  const name = windowName(window)
  return name === 'balance' ? codes.balanceLimit : limitCodes[scope === 2 ? 'firm' : 'identity'][name]
}

/** What holds where the subject has no limit of its own: of a customer its tier's, of a tier nothing, of a firm no limit. */
async function unstated(
  tx: Tx,
  chainId: number,
  { scope, tier, window }: { scope: number; tier?: string | undefined; window: number },
): Promise<bigint> {
  if (scope === 2) return noLimit
  return (tier && (await findLimit(tx, chainId, { scope: 1, subject: tier, window }))) || 0n
}
