import 'server-only'
import type { Address } from 'viem'
import { untilLifted } from '@/lib/chain/order-kinds'
import type { OrderAction } from '@/lib/chain/orders'
import { listBalances } from '@/lib/db/balance'
import type { Tx } from '@/lib/db/client'
import { listFrozen, listFrozenAmounts } from '@/lib/db/freeze'
import { findIdentity } from '@/lib/db/identity'
import type { OrderRecord } from '@/lib/db/order'
import { listPaused } from '@/lib/db/pause'
import { formatAmount } from '@/lib/format/amount'
import { getAsOf } from './as-of'
import { endOf } from './measure-words'

/**
 * What of a measure's subject is no longer as the proposer saw it, in a sentence; null if nothing is. A freeze that has
 * lapsed meanwhile is a change; rules of modules are not in the index, and are tried out on the signing page instead.
 */
export async function findMeasureDrift(
  tx: Tx,
  order: OrderRecord,
  action: OrderAction,
): Promise<string | null> {
  const { before } = order
  if (before.name === undefined) return null
  const asOf = await getAsOf(tx)
  const subject = { tx, order, now: new Date(asOf.time) }
  switch (action.kind) {
    case 'Freeze':
    case 'Unfreeze':
      return say(before.until, await frozenUntil(subject, action.account), freezeWords)
    case 'Pause':
    case 'Unpause':
      return say(before.until, await pausedUntil(subject, action.instrument), pauseWords)
    case 'FreezeAmount':
      return say(before.amount, await frozenAmount(subject, action.account), amountWords(order))
    case 'ForcedTransfer':
      return say(before.balance, await balance(subject, action.from), holdsWords(order))
    case 'Recover':
      return say(before.balance, await balance(subject, action.lost), holdsWords(order))
    case 'SetScreening': {
      const identity = await findIdentity(tx, order.chainId, action.identity)
      const flagWords = (flag: string) => (flag === 'true' ? 'the customer was flagged' : 'there was no flag')
      return say(before.flagged, String(identity?.flagged ?? false), flagWords)
    }
    default:
      return null
  }
}

type Subject = { tx: Tx; order: OrderRecord; now: Date }

const say = (then: string | undefined, now: string, words: (value: string) => string): string | null =>
  then === undefined || then === now
    ? null
    : `When this was proposed ${words(then)}; that has changed: by the last block ${words(now)}.`

const secondsOf = (until: Date | null) =>
  String(until === null ? untilLifted : BigInt(until.getTime()) / 1000n)

async function frozenUntil({ tx, order, now }: Subject, account: Address) {
  const freezes = await listFrozen(tx, order.chainId, [account], now)
  const here = freezes.find(({ instrument }) => instrument === order.target)
  return here ? secondsOf(here.until) : '0'
}

async function pausedUntil({ tx, order, now }: Subject, instrument: Address) {
  const here = (await listPaused(tx, order.chainId, now)).find((each) => each.instrument === instrument)
  return here ? secondsOf(here.until) : '0'
}

async function frozenAmount({ tx, order }: Subject, account: Address) {
  const amounts = await listFrozenAmounts(tx, order.chainId, [account])
  return String(amounts.find(({ instrument }) => instrument === order.target)?.amount ?? 0n)
}

async function balance({ tx, order }: Subject, account: Address) {
  const balances = await listBalances(tx, order.chainId, [account])
  return String(balances.find(({ instrument }) => instrument === order.target)?.amount ?? 0n)
}

const freezeWords = (until: string) =>
  until === '0' ? 'the account was free' : `the account was frozen ${endOf(BigInt(until))}`
const pauseWords = (until: string) =>
  until === '0' ? 'it was open' : `it was paused ${endOf(BigInt(until))}`
const units = ({ before }: OrderRecord, text: string) =>
  `${formatAmount(text, Number(before.decimals ?? 0))} ${before.symbol ?? ''}`
const amountWords = (order: OrderRecord) => (text: string) => `${units(order, text)} were frozen`
const holdsWords = (order: OrderRecord) => (text: string) => `the account held ${units(order, text)}`
