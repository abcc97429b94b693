import { type Address, type Hex, type LocalAccount, toHex } from 'viem'
import {
  type ChainOrder,
  encodeArguments,
  executeCall,
  kindNumber,
  type OrderAction,
  orderTypedData,
} from '@/lib/chain/orders'
import { demonstrationAccount } from '@/prisma/seed/acts'
import { broadcast, chain, deployment, usd } from './world'

/** Orders by the officers' own keys, for journeys whose subject is something else. */

const officer = demonstrationAccount(1)

/** An emergency measure of one officer. */
export async function freezeFor(account: Address, seconds: bigint): Promise<void> {
  const end = (await chain.getBlock()).timestamp + seconds
  const order = await orderOf({ kind: 'Freeze', account, reviewBy: end, expiresAt: end })
  await execute(officer, order, '0x')
}

/** By two, as it has to be: nothing of a journey is left in the way of the next. */
export const lift = (account: Address): Promise<void> => orderByTwo({ kind: 'Unfreeze', account }, usd)

/** Any order, proposed by the officer and approved by the approver. */
export async function orderByTwo(action: OrderAction, target: Address): Promise<void> {
  const order = await orderOf(action, target)
  const typed = orderTypedData(deployment.chainId, deployment.orders, order)
  await execute(demonstrationAccount(2), order, await officer.signTypedData(typed))
}

const orderOf = async (action: OrderAction, target: Address = usd): Promise<ChainOrder> => ({
  kind: kindNumber(action.kind),
  target,
  arguments: encodeArguments(action),
  reason: toHex('M-03', { size: 32 }),
  legalRef: toHex('none', { size: 32 }),
  proposer: officer.address,
  nonce: BigInt(Date.now()),
  deadline: (await chain.getBlock()).timestamp + 600n,
})

async function execute(account: LocalAccount, order: ChainOrder, signature: Hex): Promise<void> {
  const call = executeCall(deployment.orders, order, signature)
  const hash = await broadcast(account, { ...call, gas: 1_000_000n })
  const { status } = await chain.waitForTransactionReceipt({ hash, pollingInterval: 200 })
  if (status !== 'success') throw new Error(`An order of kind ${order.kind} failed in ${hash}`)
}
