import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import {
  type Address,
  createPublicClient,
  encodeFunctionData,
  type Hex,
  http,
  type LocalAccount,
  parseEventLogs,
  type TransactionReceipt,
} from 'viem'
import { privateKeyToAccount } from 'viem/accounts'
import type { Deployment } from '@/lib/chain/deployment'
import { identityRegistryAbi } from '@/lib/chain/generated/identity-registry'
import { instrumentAbi } from '@/lib/chain/generated/instrument'
import { statuses } from '@/lib/compliance/standing'
import { demonstrationAccount, wallets } from '@/prisma/seed/acts'
import { planWorld, SEED } from '@/prisma/seed/plan'
import type { PlannedCustomer } from '@/prisma/seed/world-plan'

/** The portal's ledger from outside the portal: the node itself, and the world's own keys. */

const directory = resolve(process.env.PLIMSOLL_STATE ?? '.plimsoll')
const read = <T>(name: string) => JSON.parse(readFileSync(join(directory, name), 'utf8')) as T

export const deployment = read<Deployment>('deployment.json')
export const rpcUrl = `http://127.0.0.1:${read<{ ports: { chain: number } }>('launcher.json').ports.chain}`
export const chain = createPublicClient({ transport: http(rpcUrl), cacheTime: 0 })

const plan = planWorld(SEED, read<{ end: number }>('ledger.json').end)
export const { customers } = plan

/** As the registry holds it now: earlier journeys may have decided otherwise than the plan. */
export const standingOf = (identity: Address) =>
  chain.readContract({
    address: deployment.registry,
    abi: identityRegistryAbi,
    functionName: 'standingOf',
    args: [identity],
  })

const statusOf = async ({ identity }: PlannedCustomer) => Number((await standingOf(identity)).status)

/** Customers who wait for a decision; by default of any firm. */
export async function findPending(count: number, firm?: number): Promise<PlannedCustomer[]> {
  const found: PlannedCustomer[] = []
  for (const customer of customers) {
    if (customer.ending !== 'pending' || (firm !== undefined && customer.firm !== firm)) continue
    if ((await statusOf(customer)) === statuses.pending || (await statusOf(customer)) === statuses.none)
      found.push(customer)
    if (found.length === count) return found
  }
  throw new Error(`Fewer than ${count} customers wait for a decision: run npm run reset`)
}

const USD = 0
export const usd = deployment.instruments[USD]!.address

export const balanceOf = (account: Address) =>
  chain.readContract({ address: usd, abi: instrumentAbi, functionName: 'balanceOf', args: [account] })

const isFrozen = (account: Address) =>
  chain.readContract({ address: usd, abi: instrumentAbi, functionName: 'isFrozen', args: [account] })

/** A verified customer of large limits who holds dollars that are not frozen. */
export async function findSender(firm?: number): Promise<PlannedCustomer> {
  for (const { party, instrument, units } of plan.openings) {
    const customer = customers[party.customer]!
    const fits =
      customer.ending === 'verified' && customer.tier > 1 && (firm ?? customer.firm) === customer.firm
    if (!fits || instrument !== USD || party.account !== 0 || units < 1_000_000n) continue
    const account = customer.accounts[0]!.address
    const holds = await balanceOf(account)
    const free = holds > 100_000n && !(await isFrozen(account))
    if (free && (await statusOf(customer)) === statuses.verified) return customer
  }
  throw new Error('No customer of the world has dollars to send')
}

/** A verified customer with a second account, whose first holds dollars: one that may lose it for good. */
export async function findLoser(): Promise<PlannedCustomer> {
  for (const { party, instrument } of plan.openings.toReversed()) {
    const customer = customers[party.customer]!
    const [first, second] = customer.accounts
    if (customer.ending !== 'verified' || instrument !== USD || party.account !== 0 || !first || !second)
      continue
    if ((await balanceOf(first.address)) > 0n && !(await isFrozen(first.address))) return customer
  }
  throw new Error('No customer of the world has two accounts and dollars in the first')
}

/** A verified customer whom no other journey looks for. */
export function findBystander(firm: number): PlannedCustomer {
  const found = customers.findLast((each) => each.ending === 'verified' && each.firm === firm)
  if (!found) throw new Error(`Firm ${firm} has no verified customer`)
  return found
}

/** A verified customer, for the other end of a transfer. */
export const findRecipient = (not: PlannedCustomer, firm?: number): PlannedCustomer => {
  const found = customers.find(
    (each) =>
      each.ending === 'verified' && each.tier > 1 && each !== not && (firm ?? each.firm) === each.firm,
  )
  if (!found) throw new Error('No verified customer to send to')
  return found
}

/** Signed with the customer's own key; the gas is given, so that what the ledger refuses is mined all the same. */
export function postDollars(from: PlannedCustomer, to: PlannedCustomer, cents: bigint): Promise<Hex> {
  const args = [to.accounts[0]!.address, cents] as const
  const data = encodeFunctionData({ abi: instrumentAbi, functionName: 'transfer', args })
  return broadcast(privateKeyToAccount(from.accounts[0]!.key), { to: usd, data, gas: 2_000_000n })
}

/** The same, and waits for its block. */
export async function sendDollars(...transfer: Parameters<typeof postDollars>): Promise<TransactionReceipt> {
  const hash = await postDollars(...transfer)
  return chain.waitForTransactionReceipt({ hash, pollingInterval: 200 })
}

export async function broadcast(
  account: LocalAccount,
  call: { to?: Address; data: Hex; gas: bigint },
): Promise<Hex> {
  const nonce = await chain.getTransactionCount({ address: account.address, blockTag: 'pending' })
  const fees = { maxFeePerGas: 0n, maxPriorityFeePerGas: 0n }
  const { chainId } = deployment
  const raw = await account.signTransaction({ type: 'eip1559', chainId, nonce, ...fees, ...call })
  return chain.sendRawTransaction({ serializedTransaction: raw })
}

/** A contract of our own, by the operator's key. @returns its address */
export async function deploy(bytecode: Hex, args: Hex): Promise<Address> {
  const account = demonstrationAccount(wallets.operator)
  const hash = await broadcast(account, { data: `${bytecode}${args.slice(2)}`, gas: 3_000_000n })
  const { contractAddress } = await chain.waitForTransactionReceipt({ hash, pollingInterval: 200 })
  if (!contractAddress) throw new Error('Nothing was deployed')
  return contractAddress
}

/** Where the portal shows a transfer that settled. */
export function pathOf(receipt: TransactionReceipt): string {
  const [moved] = parseEventLogs({ abi: instrumentAbi, eventName: 'Transfer', logs: receipt.logs })
  if (!moved) throw new Error(`Nothing moved in ${receipt.transactionHash}`)
  return `/transfers/${receipt.blockNumber}/${moved.logIndex}`
}
