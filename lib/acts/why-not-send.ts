import 'server-only'
import {
  type Address,
  isAddressEqual,
  parseTransaction,
  recoverTransactionAddress,
  type TransactionSerialized,
} from 'viem'
import { z } from 'zod'
import type { Officer } from '@/lib/auth/officer'
import { withActor } from '@/lib/db/client'
import { findWallet } from '@/lib/db/wallet'
import { env } from '@/lib/env'
import { type Refusal, refuse } from '@/lib/errors/refusal'
import { refuseAtStandstill } from './standstill'

const raw = z
  .string()
  .max(32_768)
  .regex(/^0x([0-9a-fA-F]{2})+$/)
  .transform((text) => text.toLowerCase() as TransactionSerialized)

/**
 * Why this portal will not pass a signed transaction on: it passes only what an officer's own bound wallet signed, for
 * this chain, to the contract that holds the orders. Anything else has its own way to a node.
 */
export async function whyNotSend(officer: Officer, serialized: unknown): Promise<Refusal | undefined> {
  const parsed = raw.safeParse(serialized)
  const transaction = parsed.success ? await read(parsed.data) : undefined
  if (!transaction) return refuse('bad-input', 'This is no signed transaction.').refusal
  const still = await refuseAtStandstill(officer)
  if (still) return still
  const { chainId, deployment } = env()
  const { sender, to } = transaction
  if (transaction.chainId !== chainId) {
    return refuse('bad-input', 'This transaction is for another chain.', {
      values: { chainId: transaction.chainId ?? null },
    }).refusal
  }
  if (!to || !isAddressEqual(to, deployment.orders)) {
    return refuse('not-permitted', 'This transaction does not go to the orders of this ledger.', {
      values: { to: to ?? null },
    }).refusal
  }
  const wallet = await withActor(officer, (tx) => findWallet(tx, chainId, sender))
  if (wallet?.personId !== officer.personId) {
    return refuse('wrong-wallet', 'This transaction is signed by a wallet that is not bound to you.', {
      values: { sender },
    }).refusal
  }
}

async function read(serializedTransaction: TransactionSerialized) {
  try {
    const { to, chainId } = parseTransaction(serializedTransaction)
    const sender = (await recoverTransactionAddress({ serializedTransaction })).toLowerCase() as Address
    return { to, chainId, sender }
  } catch {
    return undefined
  }
}
