import 'server-only'
import { randomBytes } from 'node:crypto'
import { type Address, type Hex, toHex } from 'viem'
import { type Deed, record } from '@/lib/audit/journal'
import type { Officer } from '@/lib/auth/officer'
import type { OrderCore } from '@/lib/chain/limits'
import { type ChainOrder, legalRefOf, orderId, reasonWord } from '@/lib/chain/orders'
import { withActor } from '@/lib/db/client'
import { findNextOrderReference, insertOrder, type OrderEvidence, type OrderValues } from '@/lib/db/order'
import { env } from '@/lib/env'
import { accept, type Result } from '@/lib/errors/refusal'
import { refuseAtStandstill } from './standstill'

/** Two people need days to find each other; one signature is given at once or not at all. */
const lifetimes = { one: 3_600n, two: 7n * 86_400n }

export type OrderPlan = {
  deed: Deed
  core: OrderCore
  proposer: Address
  /** As the contract asks for this kind now. */
  signatures: number
  /** Time of the newest block, UNIX seconds: the contract will judge the deadline by its own clock. */
  blockTime: bigint
  reason: string
  reasonText: string
  legalText: string
  firmId: number | null
  subject: string
  before: OrderValues
  after: OrderValues
  evidence?: OrderEvidence
}

/** What a plan comes to, for whoever checks the answers before it is made. */
export type CheckedOrder = { before: OrderValues; after: OrderValues; signatures: number }

/** The two acts of a proposal, which judge in the same way: one writes the order, the other only says what it would be. */
export function proposalOf<Input>(plan: (officer: Officer, input: Input) => Promise<Result<OrderPlan>>) {
  return {
    async prepare(officer: Officer, input: Input): Promise<Result<{ reference: string }>> {
      const refusal = await refuseAtStandstill(officer)
      if (refusal) return { ok: false, refusal }
      const planned = await plan(officer, input)
      return planned.ok ? insertPrepared(officer, planned.value) : planned
    },
    /** For the page on which answers are checked. */
    async check(officer: Officer, input: Input): Promise<Result<CheckedOrder>> {
      const refusal = await refuseAtStandstill(officer)
      if (refusal) return { ok: false, refusal }
      const planned = await plan(officer, input)
      if (!planned.ok) return planned
      const { before, after, signatures } = planned.value
      return accept({ before, after, signatures })
    },
  }
}

/** Writes the order and its journal line in one transaction. @returns its reference, under which it is signed. */
async function insertPrepared(officer: Officer, plan: OrderPlan): Promise<Result<{ reference: string }>> {
  const { chainId, deployment } = env()
  const contract = deployment.orders.toLowerCase() as Address
  const seconds = plan.blockTime + (plan.signatures > 1 ? lifetimes.two : lifetimes.one)
  const onChain: ChainOrder = {
    ...plan.core,
    target: plan.core.target.toLowerCase() as Address,
    reason: reasonWord(plan.reason),
    legalRef: legalRefOf(plan.legalText),
    proposer: plan.proposer,
    nonce: BigInt(toHex(randomBytes(16))),
    deadline: seconds,
  }
  const id: Hex = orderId(chainId, contract, onChain)
  return withActor(officer, async (tx) => {
    const reference = await findNextOrderReference(
      tx,
      new Date(Number(plan.blockTime) * 1000).getUTCFullYear(),
    )
    await insertOrder(tx, {
      ...onChain,
      id,
      reference,
      chainId,
      contract,
      reason: plan.reason,
      reasonText: plan.reasonText,
      legalText: plan.legalText,
      deadline: new Date(Number(seconds) * 1000),
      firmId: plan.firmId,
      subject: plan.subject,
      before: plan.before,
      after: plan.after,
      evidence: plan.evidence ?? null,
      signatures: plan.signatures,
      proposerId: officer.personId,
    })
    await record(tx, officer, {
      act: plan.deed,
      subject: reference,
      firmId: plan.firmId,
      detail: { order: id, about: plan.subject, reason: plan.reason },
    })
    return accept({ reference })
  })
}
