import type { Address, Hex } from 'viem'
import type { Tx } from './client'
import { Prisma } from './generated/client'
import type { OrderModel } from './generated/models/Order'

export type OrderRecord = {
  id: Hex
  reference: string
  chainId: number
  contract: Address
  kind: number
  target: Address
  arguments: Hex
  reason: string
  reasonText: string
  legalRef: Hex
  legalText: string
  proposer: Address
  nonce: bigint
  deadline: Date
  firmId: number | null
  /** Identity or account address, tier or firm number as decimal text. */
  subject: string
  before: OrderValues
  after: OrderValues
  signatures: number
  proposerId: string
  proposerSignature: Hex | null
  withdrawnAt: Date | null
  createdAt: Date
}

/** What a page says before and after the arrow, and what is needed to check it; plain JSON, numbers as text. */
export type OrderValues = Record<string, string>

/** What a decision rests on, and the salt with which the chain has its hash. The authority's alone. */
export type OrderEvidence = { text: string; salt: Hex }

export type NewOrder = Omit<OrderRecord, 'proposerSignature' | 'withdrawnAt' | 'createdAt'> & {
  evidence: OrderEvidence | null
}

/** A firm's role is not granted that column, so whoever asks for an order asks without it. */
const omit = { evidence: true } as const

export async function findOrder(tx: Tx, reference: string): Promise<OrderRecord | undefined> {
  const row = await tx.order.findUnique({ where: { reference }, omit })
  return row ? toRecord(row) : undefined
}

/** The authority's; to a firm's role it is denied. */
export async function findOrderEvidence(tx: Tx, id: Hex): Promise<OrderEvidence | undefined> {
  const row = await tx.order.findUnique({ where: { id }, select: { evidence: true } })
  return (row?.evidence as OrderEvidence | null) ?? undefined
}

/** The same, and nobody else can change it until the transaction ends. */
export async function findOrderForUpdate(tx: Tx, reference: string): Promise<OrderRecord | undefined> {
  await tx.$queryRaw`select id from officer_order where reference = ${reference} for update`
  return findOrder(tx, reference)
}

export type OrderTab = 'needs-me' | 'proposed' | 'done' | 'all'
export type OrderPlace = { createdAt: Date; id: string }

export type OrderFilter = {
  chainId: number
  tab: OrderTab
  personId: string
  /** Only for 'needs-me': an approver sees what others signed, an officer what is not sent yet. */
  approves: boolean
  now: Date
  after?: OrderPlace
  take: number
}

/** Newest first. */
export async function listOrders(tx: Tx, filter: OrderFilter): Promise<OrderRecord[]> {
  const { chainId, tab, personId, approves, now, take } = filter
  const after = filter.after ?? { createdAt: new Date(8.64e15 / 1000), id: '' }
  const found = await tx.$queryRaw<{ id: string }[]>`
    select o.id from officer_order o
    left join order_outcome e on e.chain_id = o.chain_id and e.order_id = o.id
    where o.chain_id = ${chainId}
      and (o.created_at, o.id) < (${after.createdAt}::timestamptz, ${after.id})
      and case ${tab}
        when 'all' then true
        when 'proposed' then o.proposer_id = ${personId}::uuid
        when 'done' then e.order_id is not null or o.withdrawn_at is not null or o.deadline < ${now}
        else e.order_id is null and o.withdrawn_at is null and o.deadline >= ${now} and case
          when ${approves}
            then o.signatures = 2 and o.proposer_signature is not null and o.proposer_id <> ${personId}::uuid
          else o.proposer_id = ${personId}::uuid and o.proposer_signature is null
        end
      end
    order by o.created_at desc, o.id desc limit ${take}`
  const rows = await tx.order.findMany({
    where: { id: { in: found.map(({ id }) => id) } },
    orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
    omit,
  })
  return rows.map(toRecord)
}

export async function insertOrder(tx: Tx, order: NewOrder): Promise<void> {
  const { nonce, evidence } = order
  await tx.order.create({
    data: { ...order, nonce: nonce.toString(), evidence: evidence ?? Prisma.DbNull },
  })
}

/** False if it was signed or withdrawn before. */
export async function updateOrderSignature(tx: Tx, id: Hex, proposerSignature: Hex): Promise<boolean> {
  const { count } = await tx.order.updateMany({
    where: { id, proposerSignature: null, withdrawnAt: null },
    data: { proposerSignature },
  })
  return count === 1
}

/** False if it was signed or withdrawn before. */
export async function updateOrderWithdrawn(tx: Tx, id: Hex, withdrawnAt: Date): Promise<boolean> {
  const { count } = await tx.order.updateMany({
    where: { id, proposerSignature: null, withdrawnAt: null },
    data: { withdrawnAt },
  })
  return count === 1
}

/** O-2026-00412, without gaps but for rolled-back transactions; the lock makes parallel preparers queue. */
export async function findNextOrderReference(tx: Tx, year: number): Promise<string> {
  await tx.$executeRaw`select pg_advisory_xact_lock(hashtext('officer_order.reference'))`
  const prefix = `O-${year}-`
  // By number: as text, O-2026-99999 would stay the last for ever.
  const rows = await tx.$queryRaw<{ last: number | null }[]>`
    select max(substring(reference from ${prefix.length + 1}::int)::int) as last
    from officer_order where reference like ${`${prefix}%`}`
  return `${prefix}${String((rows[0]?.last ?? 0) + 1).padStart(5, '0')}`
}

const toRecord = (row: Omit<OrderModel, 'evidence'>): OrderRecord => ({
  ...row,
  id: row.id as Hex,
  contract: row.contract as Address,
  target: row.target as Address,
  arguments: row.arguments as Hex,
  legalRef: row.legalRef as Hex,
  proposer: row.proposer as Address,
  nonce: BigInt(row.nonce.toFixed(0)),
  before: row.before as OrderValues,
  after: row.after as OrderValues,
  proposerSignature: row.proposerSignature as Hex | null,
})
