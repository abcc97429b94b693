import { type Address, type Hex, zeroAddress } from 'viem'
import { instrumentAbi } from '../../chain/generated/instrument'
import { rebuildBalances, upsertBalances } from '../../db/ledger/balance'
import { recount } from '../../db/ledger/holding'
import { updateSupplies } from '../../db/ledger/instrument'
import { deleteTransfersAfter, insertTransfers } from '../../db/ledger/transfer'
import { Fault } from '../../errors/fault'
import type { Collector } from '../collector'
import { type Draft, holdingKey, orderBehind, type PlacedLog } from '../draft'
import { addressIn, decodeEvent, topicOf, undecodable } from '../events'
import { lower, ownInstruments, type Watch } from '../watch'
import { keepRaw, toldCause } from './foreign'
import { unfrozenKey } from './freezes'

/** keccak256("Transfer(address,address,uint256)"): ERC-20's, and with a fourth topic ERC-721's. */
const transferTopic: Hex = '0xddf252ad1be2c89b69c2b068fc378daa952ba7f163c4a11628f55a4df523b3ef'

/** What an authority moves comes as a Transfer first, and is then called by its name. */
const forcedTopic = topicOf(instrumentAbi, 'ForcedTransfer')
const recoveryTopic = topicOf(instrumentAbi, 'RecoverySuccess')

/** Transfers with the balances and supplies that they make: the three stand or fall together. */
export const transfers: Collector = {
  events: (watch) => [
    ...[...watch.instruments.keys()].map((address) => [address, transferTopic] as const),
    ...ownInstruments(watch).flatMap((address) =>
      [forcedTopic, recoveryTopic].map((topic) => [address, topic] as const),
    ),
  ],

  want: (log, wanted, watch) => {
    if (log.topics[0] !== transferTopic) return
    const movement = readMovement(log, watch)
    if (!movement) return
    if (movement.from === zeroAddress && isDoubted(log, watch)) wanted.supplies.add(log.address)
    for (const account of [movement.from, movement.to]) {
      if (account === zeroAddress) continue
      wanted.accounts.add(account)
      wanted.holdings.set(holdingKey(log.address, account), { instrument: log.address, account })
    }
  },

  collect: (log, draft) => {
    if (log.topics[0] !== transferTopic) return nameCause(log, draft)
    const movement = readMovement(log, draft.watch)
    if (!movement) return keepRaw(log, draft, 'unreadable')
    const { from, to, amount } = movement
    if (isImpossible(log, movement, draft)) return keepRaw(log, draft, 'impossible')
    const sender = draft.known.accounts.get(from)
    const recipient = draft.known.accounts.get(to)
    draft.rows.transfers.push({
      blockNumber: log.blockNumber,
      logIndex: log.logIndex,
      txHash: log.transactionHash,
      txIndex: log.transactionIndex,
      time: log.time,
      instrument: log.address,
      ...movement,
      fromIdentity: sender?.identity ?? null,
      toIdentity: recipient?.identity ?? null,
      fromFirm: sender?.firmId ?? null,
      toFirm: recipient?.firmId ?? null,
      cause: causeOf(log, movement, draft),
      orderId: null,
      frozenMoved: 0n,
    })
    if (draft.watch.instruments.get(log.address)!.history === 'partial') return
    move(draft, log, from, -amount)
    move(draft, log, to, amount)
  },

  write: async (sql, chainId, rows, known) => {
    await insertTransfers(sql, chainId, rows.transfers)
    const balances = [...rows.movements].map(([key, movement]) => ({
      ...movement,
      firmId: known.accounts.get(movement.account)?.firmId ?? null,
      amount: known.balances.get(key)!,
    }))
    await recount(sql, chainId, balances, () => upsertBalances(sql, chainId, balances))
    await updateSupplies(sql, chainId, rows.supplies)
  },

  discardAfter: async (sql, chainId, last, { instruments }) => {
    const touched = await deleteTransfersAfter(sql, chainId, last.number)
    const derived = touched.filter(({ instrument }) => instruments.get(instrument)?.history === 'full')
    await recount(sql, chainId, derived, () => rebuildBalances(sql, chainId, derived))
  },
}

const causeOf = (log: PlacedLog, { from, to }: Movement, draft: Draft) =>
  toldCause(log, from, to, draft) ??
  (from === zeroAddress ? 'mint' : to === zeroAddress ? 'burn' : 'transfer')

/**
 * Contracts of others may say anything: that more is sent than is held, or sums that no contract can hold. What they say
 * so is kept raw and moves nothing, for one lying token must not stop a ledger. A contract of ours that does is a fault.
 */
function isImpossible(log: PlacedLog, { from, amount }: Movement, { watch, known, rows }: Draft): boolean {
  if (!isDoubted(log, watch)) return false
  if (from !== zeroAddress) return (known.balances.get(holdingKey(log.address, from)) ?? 0n) < amount
  const issued = (known.supplies.get(log.address) ?? 0n) + (rows.supplies.get(log.address) ?? 0n)
  return issued + amount > mostIssued
}

/** No account has more than all that is issued. */
const mostIssued = 2n ** 256n - 1n

/** Of an instrument of others, where all that it ever said is known. */
function isDoubted(log: PlacedLog, { instruments }: Watch): boolean {
  const { standard, history } = instruments.get(log.address)!
  return standard !== 'plimsoll' && history === 'full'
}

type Movement = { from: Address; to: Address; amount: bigint }

/** What looks like a Transfer of another kind is kept raw in `log` and moves nothing here. */
function readMovement(log: PlacedLog, watch: Watch): Movement | undefined {
  const from = addressIn(log.topics[1] ?? '')
  const to = addressIn(log.topics[2] ?? '')
  if (log.topics.length === 3 && from && to && log.data.length === 66)
    return { from, to, amount: BigInt(log.data) }
  if (watch.instruments.get(log.address)?.standard === 'plimsoll') throw undecodable(log, 'Transfer', '')
}

/** @throws Fault `undecodable-event` if the last movement was not the one that is named. */
function nameCause(log: PlacedLog, draft: Draft): void {
  const [from, to, cause] = readCause(log)
  const transfer = draft.rows.transfers.at(-1)
  const named =
    transfer?.txHash === log.transactionHash &&
    transfer.instrument === log.address &&
    transfer.from === from &&
    transfer.to === to
  if (!named) throw undecodable(log, cause === 'forced' ? 'ForcedTransfer' : 'RecoverySuccess', '')
  const key = unfrozenKey(log, from)
  const unfrozen = draft.unfrozen.get(key) ?? 0n
  draft.unfrozen.delete(key)
  transfer.cause = cause
  transfer.orderId = orderBehind(draft, log)
  // A recovery takes along what is frozen beyond the balance, of which there are no units to move.
  transfer.frozenMoved = unfrozen < transfer.amount ? unfrozen : transfer.amount
}

function readCause(log: PlacedLog): [from: Address, to: Address, cause: 'forced' | 'recovery'] {
  if (log.topics[0] === forcedTopic) {
    const { from, to } = decodeEvent(instrumentAbi, 'ForcedTransfer', log)
    return [lower(from), lower(to), 'forced']
  }
  const { lostWallet, newWallet } = decodeEvent(instrumentAbi, 'RecoverySuccess', log)
  return [lower(lostWallet), lower(newWallet), 'recovery']
}

/** The zero address holds nothing: what leaves it is minted, what reaches it is burnt. */
function move({ known, rows }: Draft, log: PlacedLog, account: Address, change: bigint): void {
  const instrument = log.address
  if (account === zeroAddress) {
    rows.supplies.set(instrument, (rows.supplies.get(instrument) ?? 0n) - change)
    return
  }
  const key = holdingKey(instrument, account)
  const amount = (known.balances.get(key) ?? 0n) + change
  if (amount < 0n) {
    const what = `Block ${log.blockNumber}, log ${log.logIndex}: ${account} would hold ${amount} of ${instrument}`
    throw new Fault('negative-balance', what, { account, instrument, amount: String(amount) })
  }
  known.balances.set(key, amount)
  rows.movements.set(key, { instrument, account, blockNumber: log.blockNumber })
}
