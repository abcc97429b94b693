import { type Address, createWalletClient, type Hex, http, zeroHash } from 'viem'
import { createChainClient } from '@/lib/chain/client'
import { deployLedger } from '@/lib/chain/deploy'
import { deployInstrument } from '@/lib/chain/deploy-instrument'
import { openSender } from '@/lib/chain/deploy-sender'
import {
  encodeArguments,
  executeCall,
  kindNumber,
  type OrderAction,
  orderTypedData,
} from '@/lib/chain/orders'
import { noLimit } from '@/lib/compliance/limits'
import { demonstrationAccount, foundingOfficers, wallets } from '@/prisma/seed/acts'
import { compileContract } from '../compile'
import { identities, issuers } from './acts'
import { type Call, startNode } from './node'
import { lower, people } from './people'

export type TestLedger = Awaited<ReturnType<typeof startLedger>>

/** An order, and whether a second person confirms it. */
export type Ordered = { action: OrderAction; target: Address; two: boolean }

export const rates = [
  { numerator: 1n, denominator: 1n },
  { numerator: 6n, denominator: 5n },
  { numerator: 2n, denominator: 1n },
]
const bound = { transfer: 1000n, day: 1500n, month: 4000n, balance: 100_000n }
const none = { transfer: 'none', day: 'none', month: 'none', balance: 'none' } as const
export const limits = {
  1: bound,
  2: { transfer: noLimit, day: noLimit, month: noLimit, balance: noLimit },
}
/** What the rules of the euro, the pound and the bond are founded with. */
export const founding = [
  { countries: { mode: 'restrict', listed: [643] }, supplyCap: 60_000n, holderCap: 3 },
  { countries: { mode: 'allow', listed: [826, 250, 276] } },
  { preapproval: true },
] as const

const officerAccount = demonstrationAccount(wallets.officer)

/** A whole ledger: three rated instruments, one that waits for its rate, identities with claims and issuers of claims. */
export async function startLedger() {
  const node = await startNode()
  const client = createChainClient(node.rpcUrl)
  const account = demonstrationAccount(wallets.administrator)
  const deployer = {
    walletClient: createWalletClient({ account, transport: http(node.rpcUrl) }),
    publicClient: client,
  }
  const [euroRules, poundRules, bondRules] = founding.map((rules) => structuredClone(rules) as object)
  const suite = await deployLedger({
    ...deployer,
    officers: foundingOfficers,
    instruments: [
      { name: 'Euro', symbol: 'EUR', decimals: 2, rate: rates[0]!, modules: euroRules! },
      { name: 'Pound', symbol: 'GBP', decimals: 2, rate: rates[1]!, modules: poundRules! },
      { name: 'Bond', symbol: 'BOND', decimals: 0, rate: rates[2]!, modules: bondRules! },
    ],
    tiers: [
      { tier: 1, ...bound },
      { tier: 2, ...none },
    ],
  })
  const send = await openSender(deployer)
  const { roles, policy, implementation } = suite
  const unrated = await deployInstrument(
    send,
    { roles, policy, implementation: implementation! },
    { name: 'Note', symbol: 'NOTE', decimals: 0 },
  )
  const { abi, bytecode } = compileContract('Claimant')
  const claimants: Address[] = []
  // The last identity is an address without code: it can show no claim.
  for (let left = identities - 1 + issuers; left > 0; left--)
    claimants.push(lower(await send.deploy(abi, bytecode, [])))
  await node.request('evm_setAutomine', [false])

  let nonce = 0n
  /** An order as it should be: of the officer alone, or with the approver. */
  async function order({ action, target, two }: Ordered, now: bigint): Promise<Call> {
    const drafted = {
      ...{ kind: kindNumber(action.kind), target, arguments: encodeArguments(action) },
      ...{ reason: zeroHash, legalRef: zeroHash, proposer: people.officer },
      ...{ nonce: ++nonce, deadline: now + 86_400n },
    }
    const typed = orderTypedData(node.chainId, suite.orders, drafted)
    const signature: Hex = two ? await officerAccount.signTypedData(typed as never) : '0x'
    return { from: two ? people.approver : people.officer, ...executeCall(suite.orders, drafted, signature) }
  }

  return {
    ...node,
    client,
    order,
    claimantAbi: abi,
    registry: lower(suite.registry),
    policy: lower(policy),
    identities: [...claimants.slice(0, identities - 1), lower(`0x${'1d'.repeat(20)}`)],
    issuers: claimants.slice(identities - 1),
    instruments: [...suite.instruments, unrated].map(({ address, compliance, modules }) => ({
      address: lower(address),
      compliance: lower(compliance!),
      modules: modules!.map((module) => ({ ...module, address: lower(module.address) })),
    })),
  }
}

export const timeOf = async (ledger: TestLedger): Promise<bigint> =>
  (await ledger.client.getBlock()).timestamp
