import { instrumentAbi } from '../../chain/generated/instrument'
import { deleteAfter } from '../../db/ledger/bulk'
import { insertFreezes, insertFrozenAmounts } from '../../db/ledger/freeze'
import type { Collector } from '../collector'
import { type Draft, holdingKey, orderBehind, type PlacedLog, placeOf } from '../draft'
import { addressIn, decodeEvent, endIn, topicOf } from '../events'
import { lower, ownInstruments } from '../watch'

/** FrozenUntil comes with each AddressFrozen and says more. */
const until = topicOf(instrumentAbi, 'FrozenUntil')
const amount = topicOf(instrumentAbi, 'Frozen')
const unfrozen = topicOf(instrumentAbi, 'TokensUnfrozen')

/** Whole accounts and amounts that may not move. */
export const freezes: Collector = {
  events: (watch) =>
    ownInstruments(watch).flatMap((address) =>
      [until, amount, unfrozen].map((topic) => [address, topic] as const),
    ),
  want: (log, wanted) => {
    const account = addressIn(log.topics[1] ?? '')
    if (account && log.topics[0] !== unfrozen) wanted.accounts.add(account)
  },
  collect: (log, draft) => {
    if (log.topics[0] === unfrozen) noteUnfrozen(log, draft)
    else if (log.topics[0] === amount) collectAmount(log, draft)
    else collectFreeze(log, draft)
  },
  write: async (sql, chainId, rows) => {
    await insertFreezes(sql, chainId, rows.freezes)
    await insertFrozenAmounts(sql, chainId, rows.frozenAmounts)
  },
  discardAfter: async (sql, chainId, last) => {
    await deleteAfter(sql, 'freeze', chainId, last.number)
    await deleteAfter(sql, 'frozen_amount', chainId, last.number)
  },
}

function collectFreeze(log: PlacedLog, draft: Draft): void {
  const event = decodeEvent(instrumentAbi, 'FrozenUntil', log)
  const account = lower(event.account)
  draft.rows.freezes.push({
    ...placeOf(log),
    instrument: log.address,
    account,
    firmId: draft.known.accounts.get(account)?.firmId ?? null,
    frozen: event.until !== 0n,
    until: event.until === 0n ? null : endIn(event.until),
    orderId: orderBehind(draft, log),
  })
}

function collectAmount(log: PlacedLog, draft: Draft): void {
  const event = decodeEvent(instrumentAbi, 'Frozen', log)
  const account = lower(event.account)
  draft.rows.frozenAmounts.push({
    ...placeOf(log),
    instrument: log.address,
    account,
    firmId: draft.known.accounts.get(account)?.firmId ?? null,
    amount: event.amount,
    orderId: orderBehind(draft, log),
  })
}

/** A forced movement says before it how much it takes of what is frozen. */
function noteUnfrozen(log: PlacedLog, { unfrozen }: Draft): void {
  const event = decodeEvent(instrumentAbi, 'TokensUnfrozen', log)
  const key = unfrozenKey(log, lower(event.userAddress))
  unfrozen.set(key, (unfrozen.get(key) ?? 0n) + event.amount)
}

export const unfrozenKey = (log: PlacedLog, account: `0x${string}`) =>
  log.transactionHash + holdingKey(log.address, account)
