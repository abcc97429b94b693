import type { Address } from 'viem'
import {
  type Adapter,
  type Arguments,
  commonplace,
  decodeForm,
  type Effect,
} from '../../chain/adapters/adapter'
import { adapterOf, eventsOf } from '../../chain/adapters/all'
import { deleteAfter } from '../../db/ledger/bulk'
import {
  insertInstrumentEvents,
  insertUnknownEvents,
  type UnknownEventRow,
} from '../../db/ledger/instrument-event'
import type { Collector } from '../collector'
import { type Draft, holdingKey, type PlacedLog, placeOf, type Wanted } from '../draft'
import type { Watch } from '../watch'

/**
 * Whatever instruments say beside what other collectors read: of those that we did not write, by their adapter, freezes,
 * pauses and the like; what has no table of its own is kept by its name; what nobody knows is kept raw.
 */
export const foreignEvents: Collector = {
  rest: ({ instruments }) => [...instruments.keys()],
  want: (log, wanted, watch) => {
    const told = read(log, watch)
    if (typeof told === 'string') return
    for (const effect of told.effects) wantFor(effect, log.address, wanted)
  },
  collect: (log, draft) => {
    const told = read(log, draft.watch)
    if (typeof told === 'string') return keepRaw(log, draft, told)
    const { adapter, name, args, effects } = told
    for (const effect of effects) take(effect, log, draft)
    if (!adapter || commonplace.has(name)) return
    draft.rows.instrumentEvents.push({
      ...placeOf(log),
      instrument: log.address,
      name,
      arguments: inText(args),
    })
  },
  write: async (sql, chainId, { instrumentEvents, unknownEvents }) => {
    await insertInstrumentEvents(sql, chainId, instrumentEvents)
    await insertUnknownEvents(sql, chainId, unknownEvents)
  },
  discardAfter: async (sql, chainId, last) => {
    await deleteAfter(sql, 'instrument_event', chainId, last.number)
    await deleteAfter(sql, 'unknown_event', chainId, last.number)
  },
}

type Told = { adapter: Adapter | undefined; name: string; args: Arguments; effects: Effect[] }

/** What a log means; or why it means nothing. */
function read(log: PlacedLog, { instruments }: Watch): Told | 'unknown' | 'unreadable' {
  const { standard } = instruments.get(log.address)!
  const forms = eventsOf(standard).get(log.topics[0] ?? '0x')
  if (!forms) return 'unknown'
  const decoded = decodeForm(forms, log)
  if (!decoded) return 'unreadable'
  const adapter = adapterOf(standard)
  return { adapter, ...decoded, effects: adapter?.effectsOf(decoded.name, decoded.args) ?? [] }
}

function wantFor(effect: Effect, instrument: Address, wanted: Wanted): void {
  if (effect.what !== 'freeze' && effect.what !== 'frozen-amount' && effect.what !== 'frozen-change') return
  const { account } = effect
  wanted.accounts.add(account)
  if (effect.what === 'frozen-change')
    wanted.frozen.set(holdingKey(instrument, account), { instrument, account })
}

function take(effect: Effect, log: PlacedLog, draft: Draft): void {
  const instrument = log.address
  const place = { ...placeOf(log), instrument, orderId: null }
  const { rows, known } = draft
  const firmOf = (account: Address) => known.accounts.get(account)?.firmId ?? null
  switch (effect.what) {
    case 'freeze': {
      const { account, frozen } = effect
      rows.freezes.push({ ...place, account, firmId: firmOf(account), frozen, until: null })
      return
    }
    case 'frozen-amount':
    case 'frozen-change': {
      const { account } = effect
      const key = holdingKey(instrument, account)
      const sum =
        effect.what === 'frozen-amount' ? effect.amount : (known.frozen.get(key) ?? 0n) + effect.change
      const amount = sum < 0n ? 0n : sum > mostWord ? mostWord : sum
      known.frozen.set(key, amount)
      rows.frozenAmounts.push({ ...place, account, firmId: firmOf(account), amount })
      return
    }
    case 'pause':
      rows.pauses.push({ ...place, paused: effect.paused, until: null })
      return
    case 'compliance':
      rows.compliances.push({ ...place, compliance: effect.compliance })
      return
    case 'cause':
      nameCause(effect, log, draft)
  }
}

const mostWord = 2n ** 256n - 1n

/** Some say it after the movement, and some before. */
function nameCause({ cause, from, to }: Effect & { what: 'cause' }, log: PlacedLog, draft: Draft): void {
  const moved = draft.rows.transfers.findLast(
    (row) =>
      row.txHash === log.transactionHash &&
      row.instrument === log.address &&
      row.from === from &&
      (to === null || row.to === to),
  )
  if (moved?.cause === 'transfer') moved.cause = cause
  else draft.causes.set(causeKey(log, from), { cause, to })
}

const causeKey = (log: PlacedLog, from: Address) => log.transactionHash + holdingKey(log.address, from)

/** What a contract had said of this movement before it made it. */
export function toldCause(log: PlacedLog, from: Address, to: Address, draft: Draft) {
  const key = causeKey(log, from)
  const told = draft.causes.get(key)
  if (!told || (told.to !== null && told.to !== to)) return undefined
  draft.causes.delete(key)
  return told.cause
}

export function keepRaw(log: PlacedLog, { rows }: Draft, reason: UnknownEventRow['reason']): void {
  const { transactionHash: txHash, address: instrument, topics, data } = log
  rows.unknownEvents.push({ ...placeOf(log), txHash, instrument, topics, data, reason })
}

/** As text, cut: a contract may say a novel. `log` has all of it. */
function inText(args: Arguments): Record<string, string> {
  const entries = Object.entries(args).map(([name, value]) => [name, String(value).slice(0, 200)])
  return Object.fromEntries(entries)
}
