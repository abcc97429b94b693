import {
  type Abi,
  type Account,
  type Address,
  type Chain,
  type ContractConstructorArgs,
  type Hex,
  keccak256,
  maxUint256,
  numberToHex,
  type PublicClient,
  type Transport,
  type WalletClient,
} from 'viem'
import type { DeployedInstrument, Deployment } from './deployment'
import { anchorAbi } from './generated/anchor'
import {
  anchorBytecode,
  complianceBytecode,
  identityRegistryBytecode,
  instrumentBytecode,
  limitPolicyBytecode,
  ordersBytecode,
  rolesBytecode,
} from './generated/bytecode'
import { complianceAbi } from './generated/compliance'
import { identityRegistryAbi } from './generated/identity-registry'
import { instrumentAbi } from './generated/instrument'
import { limitPolicyAbi } from './generated/limit-policy'
import { ordersAbi } from './generated/orders'
import { rolesAbi } from './generated/roles'

export type LedgerPlan = {
  /** On a chain without fees its `chain` says so: `fees: { maxPriorityFeePerGas: 0n }`; nodes suggest a tip even then. */
  walletClient: WalletClient<Transport, Chain | undefined, Account>
  publicClient: PublicClient
  /** At least one administrator, or nobody can ever change a role. Roles are the bits of IRoles. */
  officers: { account: Address; person: Hex; roles: bigint }[]
  instruments: {
    name: string
    symbol: string
    decimals: number
    /** Reference units a smallest unit of the instrument is worth. */
    rate: { numerator: bigint; denominator: bigint }
  }[]
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
  const { walletClient: wallet, publicClient } = plan
  const startBlock = Number(await publicClient.getBlockNumber()) + 1

  const roles = await deploy(plan, rolesAbi, rolesBytecode, [plan.officers])
  const registry = await deploy(plan, identityRegistryAbi, identityRegistryBytecode, [roles])
  const policy = await deploy(plan, limitPolicyAbi, limitPolicyBytecode, [roles, registry])
  const orders = await deploy(plan, ordersAbi, ordersBytecode, [roles, registry, policy])
  const anchor = await deploy(plan, anchorAbi, anchorBytecode, [roles])
  const sending = { account: wallet.account, chain: wallet.chain }
  await done(
    plan,
    wallet.writeContract({
      ...sending,
      address: roles,
      abi: rolesAbi,
      functionName: 'setOrders',
      args: [orders],
    }),
  )

  const instruments: DeployedInstrument[] = []
  for (const { name, symbol, decimals } of plan.instruments) {
    const compliance = await deploy(plan, complianceAbi, complianceBytecode, [roles, [policy]])
    const wiring = [name, symbol, decimals, roles, registry, compliance] as const
    const address = await deploy(plan, instrumentAbi, instrumentBytecode, wiring)
    await done(
      plan,
      wallet.writeContract({
        ...sending,
        address: compliance,
        abi: complianceAbi,
        functionName: 'bindToken',
        args: [address],
      }),
    )
    instruments.push({ address, compliance, symbol, name, decimals, standard: 'plimsoll' })
  }

  const limits = plan.tiers.flatMap((tier) =>
    windows.map((name, window) => {
      const limit = tier[name]
      const subject = numberToHex(tier.tier, { size: 32 })
      return { scope: tierScope, subject, window, limit: limit === 'none' ? maxUint256 : limit }
    }),
  )
  const rates = plan.instruments.map(({ rate }, i) => ({ instrument: instruments[i]!.address, ...rate }))
  await done(
    plan,
    wallet.writeContract({
      ...sending,
      address: policy,
      abi: limitPolicyAbi,
      functionName: 'found',
      args: [limits, rates],
    }),
  )

  return {
    chainId: await publicClient.getChainId(),
    startBlock,
    roles,
    registry,
    policy,
    orders,
    ordersCodeHash: keccak256((await publicClient.getCode({ address: orders })) ?? '0x'),
    anchor,
    instruments,
  }
}

async function deploy<const TAbi extends Abi>(
  plan: LedgerPlan,
  abi: TAbi,
  bytecode: Hex,
  args: ContractConstructorArgs<TAbi>,
): Promise<Address> {
  const { account, chain } = plan.walletClient
  const hash = plan.walletClient.deployContract({
    abi: abi as Abi,
    bytecode,
    args: args as unknown[],
    account,
    chain,
  })
  const { contractAddress } = await done(plan, hash)
  if (!contractAddress) throw new Error('A deployment transaction created no contract.')
  return contractAddress
}

/** A revert is thrown here: viem returns it in the receipt. */
async function done(plan: LedgerPlan, transaction: Promise<Hex>) {
  const hash = await transaction
  const receipt = await plan.publicClient.waitForTransactionReceipt({ hash })
  if (receipt.status !== 'success') throw new Error(`Deployment stopped: transaction ${hash} reverted.`)
  return receipt
}
