import 'server-only'
import { z } from 'zod'
import { may, type Officer } from '@/lib/auth/officer'
import { findBlock } from '@/lib/db/block'
import { type Tx, withSnapshot } from '@/lib/db/client'
import { type FirmName, listFirmNames } from '@/lib/db/firm'
import { type InstrumentRecord, listInstruments } from '@/lib/db/instrument'
import { decodeKeyset, encodeKeyset, keysetPart } from '@/lib/db/keyset'
import { countTransfers, estimateTransfers, listTransfers, type TransferRecord } from '@/lib/db/transfer'
import type { TransferFilter, TransferPage, TransferPlace } from '@/lib/db/transfer-filter'
import { env } from '@/lib/env'
import { accept, type Refusal, type Result, refuse } from '@/lib/errors/refusal'
import { type AsOf, getChainPlace } from './as-of'
import { refusePage } from './refuse-page'
import { filterOf, type TransferSearch } from './transfer-filter'
import { rowOf, type TransferRow } from './transfer-row'

/** `after` leads to older rows, `before` to newer ones: places in the list, opaque. */
export type TransfersSearch = TransferSearch & { after?: string; before?: string }

export type TransfersPage = {
  asOf: AsOf
  rows: TransferRow[]
  newer?: string
  older?: string
  /** Exact up to a thousand; beyond that the planner's estimate. */
  total: { count: number; isExact: boolean }
  choices: TransferChoices
  /** Fields of the filter that cannot be used; then nothing was searched. */
  fields: Record<string, string>
}

export type TransferChoices = {
  firms: FirmName[]
  instruments: { address: string; symbol: string; name: string; decimals: number }[]
}

export const pageSize = 50
const countedExactly = 1_000

const placeSchema = z.tuple([keysetPart.bigint, keysetPart.integer, keysetPart.integer])

/** Settled and refused transfers, newest first, as far as this officer may see them. */
export async function getTransfersPage(
  officer: Officer,
  search: TransfersSearch,
): Promise<Result<TransfersPage>> {
  if (!may(officer, 'read:ledger')) return refusePage(officer, 'transfers', notPermitted)
  const place = placeOf(search)
  if (!place.ok) return refusePage(officer, 'transfers', place.refusal)
  return withSnapshot(officer, async (tx) => {
    const { asOf, finalBlock, instruments } = await contextOf(tx)
    const choices = { firms: await listFirmNames(tx, asOf.chainId), instruments: instruments.map(choiceOf) }
    const filter = await filterOf(tx, officer, search, {
      chainId: asOf.chainId,
      instruments,
      finalBlock,
      lastBlock: BigInt(asOf.block),
    })
    if (!filter.ok) {
      const nothing = { rows: [], total: { count: 0, isExact: true } }
      return accept({ asOf, choices, ...nothing, fields: filter.refusal.fields ?? {} })
    }
    const page = await pageOf(tx, filter.value, place.value)
    return accept({
      asOf,
      choices,
      fields: {},
      rows: page.records.map((record) => rowOf(record, finalBlock)),
      newer: page.newer && encodePlace(page.newer),
      older: page.older && encodePlace(page.older),
      total: await totalOf(tx, filter.value),
    })
  })
}

export type NewTransfers = {
  asOf: AsOf
  /** Matching transfers above the block, up to 99. */
  count: number
  /** The block has another hash now: a reorg changed what the reader sees. */
  isReplaced: boolean
}

/** How many transfers came since a page was rendered as at `block` and `hash`. For the pill; carries no rows. */
export async function getNewTransfers(
  officer: Officer,
  search: TransferSearch,
  since: { block: string; hash: string },
): Promise<Result<NewTransfers>> {
  if (!may(officer, 'read:ledger')) return refusePage(officer, 'transfers', notPermitted)
  const isPlace = /^\d{1,18}$/.test(since.block) && /^0x[0-9a-f]{64}$/.test(since.hash)
  if (!isPlace) return refusePage(officer, 'transfers', badPlace)
  const block = BigInt(since.block)
  const answer = await withSnapshot(officer, async (tx): Promise<Result<NewTransfers>> => {
    const { asOf, finalBlock, instruments } = await contextOf(tx)
    const lastBlock = BigInt(asOf.block)
    const filter = await filterOf(tx, officer, search, {
      chainId: asOf.chainId,
      instruments,
      finalBlock,
      lastBlock,
    })
    if (!filter.ok) return filter
    const fromBlock =
      filter.value.fromBlock && filter.value.fromBlock > block ? filter.value.fromBlock : block + 1n
    const now = await findBlock(tx, asOf.chainId, block)
    return accept({
      asOf,
      count: await countTransfers(tx, { ...filter.value, fromBlock }, 99),
      isReplaced: now?.hash !== since.hash,
    })
  })
  return answer.ok ? answer : refusePage(officer, 'transfers', answer.refusal)
}

const notPermitted = refuse('not-permitted', 'Your role may not read the ledger.').refusal
const badPlace: Refusal = refuse('bad-input', 'This place in the ledger does not exist.').refusal

async function contextOf(tx: Tx) {
  const { asOf, finalBlock } = await getChainPlace(tx)
  return { asOf, finalBlock, instruments: await listInstruments(tx, env().chainId) }
}

const choiceOf = ({ address, symbol, name, decimals }: InstrumentRecord) => ({
  address,
  symbol,
  name,
  decimals,
})

type Place = { place?: TransferPlace; direction: TransferPage['direction'] }

function placeOf({ after, before }: TransfersSearch): Result<Place> {
  const text = after ?? before
  if (text === undefined) return accept({ direction: 'older' })
  const decoded = decodeKeyset(text, placeSchema)
  if (!decoded.ok) return decoded
  const [blockNumber, txIndex, logIndex] = decoded.value
  return accept({
    place: { blockNumber, txIndex, logIndex },
    direction: after === undefined ? 'newer' : 'older',
  })
}

const encodePlace = ({ blockNumber, txIndex, logIndex }: TransferPlace) =>
  encodeKeyset([blockNumber, txIndex, logIndex])

type Records = { records: TransferRecord[]; newer?: TransferPlace; older?: TransferPlace }

/** One row more than is shown says whether there is a further page. */
async function pageOf(tx: Tx, filter: TransferFilter, { place, direction }: Place): Promise<Records> {
  const found = await listTransfers(tx, filter, { place, direction, take: pageSize + 1 })
  const isMore = found.length > pageSize
  if (direction === 'newer') {
    // The way back arrived at the top: the first page is then whole, and begins at what is newest now.
    if (!isMore) return pageOf(tx, filter, { direction: 'older' })
    const records = found.slice(1)
    return { records, newer: records[0], older: records.at(-1) }
  }
  const records = found.slice(0, pageSize)
  return { records, newer: place && (records[0] ?? place), older: isMore ? records.at(-1) : undefined }
}

async function totalOf(tx: Tx, filter: TransferFilter): Promise<TransfersPage['total']> {
  const count = await countTransfers(tx, filter, countedExactly + 1)
  if (count <= countedExactly) return { count, isExact: true }
  return { count: Math.max(count, await estimateTransfers(tx, filter)), isExact: false }
}
