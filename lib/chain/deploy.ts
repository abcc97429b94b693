import {
  type Account,
  type Address,
  type Chain,
  type Hex,
  keccak256,
  maxUint256,
  numberToHex,
  type PublicClient,
  type Transport,
  type WalletClient,
} from 'viem'
import { deployInstrument, type InstrumentPlan } from './deploy-instrument'
import { openSender } from './deploy-sender'
import type { DeployedInstrument, Deployment } from './deployment'
import { anchorAbi } from './generated/anchor'
import {
  anchorBytecode,
  identityRegistryBytecode,
  instrumentBytecode,
  limitPolicyBytecode,
  ordersBytecode,
  rolesBytecode,
} from './generated/bytecode'
import { identityRegistryAbi } from './generated/identity-registry'
import { instrumentAbi } from './generated/instrument'
import { limitPolicyAbi } from './generated/limit-policy'
import { ordersAbi } from './generated/orders'
import { rolesAbi } from './generated/roles'

export type LedgerPlan = {
  walletClient: WalletClient<Transport, Chain | undefined, Account>
  publicClient: PublicClient
  /** At least one administrator, or nobody can ever change a role. Roles are the bits of IRoles. */
  officers: { account: Address; person: Hex; roles: bigint }[]
  instruments: (InstrumentPlan & {
    /** Reference units a smallest unit of the instrument is worth. */
    rate: { numerator: bigint; denominator: bigint }
  })[]
  /** Inclusive, in reference units. `'none'` says "no limit"; a tier left out may send and hold nothing. */
  tiers: { tier: number; transfer: TierLimit; day: TierLimit; month: TierLimit; balance: TierLimit }[]
}

export type TierLimit = bigint | 'none'

const tierScope = 1
const windows = ['transfer', 'day', 'month', 'balance'] as const

/**
 * Deploys a whole ledger, one transaction after the other. The deployer's powers (to name the orders contract, to found
 * limits and rates, to bind tokens) are each good for once and are all used up when this returns.
 */
export async function deployLedger(plan: LedgerPlan): Promise<Deployment> {
  const { publicClient } = plan
  const send = await openSender(plan)
  const startBlock = Number(await publicClient.getBlockNumber()) + 1

  const roles = await send.deploy(rolesAbi, rolesBytecode, [plan.officers])
  const registry = await send.deploy(identityRegistryAbi, identityRegistryBytecode, [roles])
  const policy = await send.deploy(limitPolicyAbi, limitPolicyBytecode, [roles, registry])
  const orders = await send.deploy(ordersAbi, ordersBytecode, [roles, registry, policy])
  const anchor = await send.deploy(anchorAbi, anchorBytecode, [roles])
  await send.call(roles, { abi: rolesAbi, functionName: 'setOrders', args: [orders] })

  // One code for all of them, each behind an address of its own that outlives it.
  const implementation = await send.deploy(instrumentAbi, instrumentBytecode, [roles, registry])
  const instruments: DeployedInstrument[] = []
  for (const instrument of plan.instruments) {
    instruments.push(await deployInstrument(send, { roles, policy, implementation }, instrument))
  }

  const limits = plan.tiers.flatMap((tier) =>
    windows.map((name, window) => {
      const limit = tier[name]
      const subject = numberToHex(tier.tier, { size: 32 })
      return { scope: tierScope, subject, window, limit: limit === 'none' ? maxUint256 : limit }
    }),
  )
  const rates = plan.instruments.map(({ rate }, i) => ({ instrument: instruments[i]!.address, ...rate }))
  await send.call(policy, { abi: limitPolicyAbi, functionName: 'found', args: [limits, rates] })

  return {
    chainId: await publicClient.getChainId(),
    startBlock,
    roles,
    registry,
    policy,
    orders,
    ordersCodeHash: keccak256((await publicClient.getCode({ address: orders })) ?? '0x'),
    anchor,
    implementation,
    instruments,
  }
}
