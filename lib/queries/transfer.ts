import 'server-only'
import type { Address, Hex } from 'viem'
import { may, type Officer } from '@/lib/auth/officer'
import { valueAt } from '@/lib/compliance/limits'
import { findBlock } from '@/lib/db/block'
import { type Tx, withSnapshot } from '@/lib/db/client'
import { findCustomer } from '@/lib/db/customer'
import { findLogFact, findTransactionFact, type LogFact } from '@/lib/db/fact'
import { listFirmNames } from '@/lib/db/firm'
import { listOrderPeople } from '@/lib/db/order-people'
import { findRateAt } from '@/lib/db/rate'
import { findTransfer, listTransfers, type RefusalRecord, type TransferRecord } from '@/lib/db/transfer'
import { env } from '@/lib/env'
import { accept, type Result, refuse } from '@/lib/errors/refusal'
import { type AsOf, getChainPlace } from './as-of'
import { refusePage } from './refuse-page'
import { rowOf, type TransferRow } from './transfer-row'

export type TransferPageDto = {
  asOf: AsOf
  row: TransferRow
  blockHash: string
  /** Blocks that must follow before it is final; '0' once it is. */
  blocksToFinal: string
  /** What it counts against limits: reference units, 2 decimals. Undefined: the instrument has no rate. */
  value?: string
  refusal?: RefusalDto
  /** Of a forced one and of a recovery: on whose word it moved. */
  order?: OrderedDto
  /** Other movements of the same transaction that the reader may see. */
  siblings: TransferRow[]
  raw: RawTransfer
}

export type RefusalDto = {
  code: number | null
  reason: string
  /** Largest amount that this check would have let pass; units of the instrument. */
  headroom: string | null
  /** Whose rule it was, in words; undefined if nobody's. */
  whose?: string
  module: string | null
  sender: string
}

export type OrderedDto = {
  /** Null where the order was not prepared here. */
  reference: string | null
  reason: string | null
  /** Who proposed and who approved; null where the reader may not know. */
  proposer: string | null
  approver: string | null
  /** How much of the amount had been frozen; units of the instrument. */
  frozenMoved: string
}

export type RawTransfer = {
  transaction?: {
    hash: string
    from: string
    to: string | null
    nonce: string
    status: number
    gasUsed: string
  }
  log?: LogFact
  revertData: string | null
}

/** Block and index as they stand in the address of the page: text of the reader. */
export async function getTransferPage(
  officer: Officer,
  at: { kind: TransferRow['kind']; block: string; index: string },
): Promise<Result<TransferPageDto>> {
  const subject = `transfer ${at.kind} ${at.block}/${at.index}`
  if (!may(officer, 'read:ledger')) return refusePage(officer, subject, unknown)
  if (!/^(0|[1-9]\d{0,17})$/.test(at.block) || !/^(0|[1-9]\d{0,8})$/.test(at.index)) {
    return refusePage(officer, subject, unknown)
  }
  const blockNumber = BigInt(at.block)
  const index = Number(at.index)
  const exact = at.kind === 'settled' ? { blockNumber, logIndex: index } : { blockNumber, txIndex: index }
  const page = await withSnapshot(officer, async (tx) => {
    const found = await findTransfer(tx, { chainId: env().chainId, ownFirm: officer.firmId }, exact)
    return found && dtoOf(tx, officer, found)
  })
  return page ? accept(page) : refusePage(officer, subject, unknown)
}

// The same whether it does not exist or is another firm's.
const unknown = refuse('not-found', 'There is no such transfer.').refusal

async function dtoOf(tx: Tx, officer: Officer, record: TransferRecord): Promise<TransferPageDto> {
  const { chainId } = env()
  const { asOf, finalBlock } = await getChainPlace(tx)
  const { blockNumber, txIndex, logIndex } = record
  const rate = await findRateAt(tx, chainId, record.instrument, record)
  const block = await findBlock(tx, chainId, blockNumber)
  const siblings = await listTransfers(
    tx,
    { chainId, ownFirm: officer.firmId, txHash: record.txHash, finalBlock },
    { direction: 'newer', take: 21 },
  )
  const fact = await findTransactionFact(tx, chainId, blockNumber, txIndex)
  return {
    asOf,
    row: rowOf(record, finalBlock),
    blockHash: block?.hash ?? '',
    blocksToFinal: (blockNumber > finalBlock ? blockNumber - finalBlock : 0n).toString(),
    ...(rate && { value: valueAt(record.amount, rate).toString() }),
    ...(record.refusal && { refusal: await refusalOf(tx, record.refusal) }),
    ...(record.orderId && { order: await orderOf(tx, officer, record.orderId, record.frozenMoved) }),
    siblings: siblings
      .filter((other) => other.logIndex !== logIndex)
      .map((other) => rowOf(other, finalBlock)),
    raw: {
      ...(fact && {
        transaction: {
          hash: fact.hash,
          from: fact.from,
          to: fact.to,
          nonce: fact.nonce.toString(),
          status: fact.status,
          gasUsed: fact.gasUsed.toString(),
        },
      }),
      ...(record.kind === 'settled' && { log: await findLogFact(tx, chainId, blockNumber, logIndex) }),
      revertData: fact?.revertData ?? null,
    },
  }
}

async function orderOf(tx: Tx, officer: Officer, orderId: Hex, frozenMoved: bigint): Promise<OrderedDto> {
  const [people] = await listOrderPeople(tx, env().chainId, [orderId], officer.side === 'authority')
  return {
    reference: people?.reference ?? null,
    reason: people?.reason ?? null,
    proposer: people?.proposer ?? null,
    approver: people?.approver ?? null,
    frozenMoved: frozenMoved.toString(),
  }
}

const refusalOf = async (tx: Tx, refusal: RefusalRecord): Promise<RefusalDto> => ({
  code: refusal.code,
  reason: refusal.reason,
  headroom: refusal.headroom?.toString() ?? null,
  whose: await whoseRule(tx, refusal),
  module: refusal.module,
  sender: refusal.sender,
})

/** Subjects are addresses, or for limits the numbers of a tier (21–23, 27) or a firm (24–26). */
async function whoseRule(tx: Tx, { code, subject }: RefusalRecord): Promise<string | undefined> {
  if (subject === null || code === null) return undefined
  const { chainId } = env()
  if (subject.startsWith('0x')) {
    const customer = await findCustomer(tx, chainId, subject as Address)
    return customer ? `customer ${customer.reference}` : undefined
  }
  if (code < 24 || code > 26) return `tier ${subject}`
  return (
    (await listFirmNames(tx, chainId)).find(({ id }) => id === Number(subject))?.name ?? `firm ${subject}`
  )
}
