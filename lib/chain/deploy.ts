import {
  type Abi,
  type Account,
  type Address,
  type Chain,
  type ContractConstructorArgs,
  type ContractFunctionName,
  type EncodeFunctionDataParameters,
  encodeDeployData,
  encodeFunctionData,
  type Hex,
  keccak256,
  maxUint256,
  numberToHex,
  type PublicClient,
  type Transport,
  type WalletClient,
  zeroAddress,
} from 'viem'
import type { DeployedInstrument, Deployment } from './deployment'
import { anchorAbi } from './generated/anchor'
import {
  anchorBytecode,
  complianceBytecode,
  identityRegistryBytecode,
  instrumentBytecode,
  instrumentProxyBytecode,
  limitPolicyBytecode,
  ordersBytecode,
  rolesBytecode,
} from './generated/bytecode'
import { complianceAbi } from './generated/compliance'
import { identityRegistryAbi } from './generated/identity-registry'
import { instrumentAbi } from './generated/instrument'
import { instrumentProxyAbi } from './generated/instrument-proxy'
import { limitPolicyAbi } from './generated/limit-policy'
import { ordersAbi } from './generated/orders'
import { rolesAbi } from './generated/roles'

export type LedgerPlan = {
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
  const { publicClient } = plan
  const send = await sender(plan)
  const startBlock = Number(await publicClient.getBlockNumber()) + 1

  const roles = await send.deploy(rolesAbi, rolesBytecode, [plan.officers])
  const registry = await send.deploy(identityRegistryAbi, identityRegistryBytecode, [roles])
  const policy = await send.deploy(limitPolicyAbi, limitPolicyBytecode, [roles, registry])
  const orders = await send.deploy(ordersAbi, ordersBytecode, [roles, registry, policy])
  const anchor = await send.deploy(anchorAbi, anchorBytecode, [roles])
  await send.call(roles, { abi: rolesAbi, functionName: 'setOrders', args: [orders] })

  // One code for all of them, each behind an address of its own that outlives it.
  const code = await send.deploy(instrumentAbi, instrumentBytecode, [roles, registry])
  const instruments: DeployedInstrument[] = []
  for (const { name, symbol, decimals } of plan.instruments) {
    const compliance = await send.deploy(complianceAbi, complianceBytecode, [roles, [policy]])
    const initialisation = encodeFunctionData({
      abi: instrumentAbi,
      functionName: 'initialize',
      args: [name, symbol, decimals, compliance, zeroAddress],
    })
    const address = await send.deploy(instrumentProxyAbi, instrumentProxyBytecode, [code, initialisation])
    await send.call(compliance, { abi: complianceAbi, functionName: 'bindToken', args: [address] })
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
    instruments,
  }
}

/** Sends one transaction at a time and waits for each. A revert is thrown: viem only notes it in the receipt. */
async function sender({ walletClient, publicClient }: LedgerPlan) {
  // On a chain without fees nodes suggest a tip all the same, which is then above the cap.
  const { baseFeePerGas } = await publicClient.getBlock()
  const fees = baseFeePerGas === 0n ? { maxFeePerGas: 0n, maxPriorityFeePerGas: 0n } : {}

  async function transact(to: Address | undefined, data: Hex) {
    const { account, chain } = walletClient
    const hash = await walletClient.sendTransaction({ account, chain, to, data, ...fees })
    const receipt = await publicClient.waitForTransactionReceipt({ hash })
    if (receipt.status !== 'success') throw new Error(`Deployment stopped: transaction ${hash} reverted.`)
    return receipt
  }

  return {
    async deploy<const TAbi extends Abi>(abi: TAbi, bytecode: Hex, args: ContractConstructorArgs<TAbi>) {
      const data = encodeDeployData({ abi: abi as Abi, bytecode, args: args as unknown[] })
      const { contractAddress } = await transact(undefined, data)
      if (!contractAddress) throw new Error('Deployment stopped: a transaction created no contract.')
      return contractAddress
    },
    async call<const TAbi extends Abi, TName extends ContractFunctionName<TAbi>>(
      to: Address,
      call: EncodeFunctionDataParameters<TAbi, TName>,
    ) {
      await transact(to, encodeFunctionData(call))
    },
  }
}
