import {
  type Abi,
  type Address,
  createPublicClient,
  createWalletClient,
  encodeFunctionData,
  type Hex,
  http,
  pad,
  zeroHash,
} from 'viem'
import { mnemonicToAccount } from 'viem/accounts'
import { deployLedger } from '../lib/chain/deploy'
import { openSender } from '../lib/chain/deploy-sender'
import { identityRegistryAbi } from '../lib/chain/generated/identity-registry'
import { instrumentAbi } from '../lib/chain/generated/instrument'
import {
  encodeArguments,
  executeCall,
  kindNumber,
  type OrderAction,
  orderId,
  orderTypedData,
} from '../lib/chain/orders'
import { startAnvil } from './chain'

const account = (index: number) =>
  mnemonicToAccount('test test test test test test test test test test test junk', { addressIndex: index })

/** By their place under the mnemonic. The operator registers and issues; the deputy holds a role of no use to orders. */
export const people = {
  administrator: 0,
  officer: 1,
  approver: 2,
  deputy: 3,
  operator: 4,
  ann: 5,
  bob: 6,
  ann2: 7,
}
export type Name = keyof typeof people
export const addressOf = (name: Name): Address => account(people[name]).address.toLowerCase() as Address
export const personOf = (name: Name): Hex => pad(`0x${people[name] + 1}`, { size: 32 })

export const identities = { ann: pad('0x1da0', { size: 20 }), bob: pad('0x1db0', { size: 20 }) }
export const firm = 3

export type ControlledLedger = Awaited<ReturnType<typeof startControlledLedger>>

/** A real ledger with all modules, two instruments and two verified customers of one firm; and orders of two persons. */
export async function startControlledLedger() {
  const chain = await startAnvil()
  const transport = http(chain.rpcUrl)
  const publicClient = createPublicClient({ transport, pollingInterval: 20, cacheTime: 0 })
  const walletOf = (name: Name) => createWalletClient({ account: account(people[name]), transport })
  const roles = { administrator: 1n, officer: 2n, approver: 4n, deputy: 8n, operator: 8n | 16n | 32n }
  const rate = { numerator: 1n, denominator: 1n }
  const deployment = await deployLedger({
    walletClient: walletOf('operator'),
    publicClient,
    officers: Object.entries(roles).map(([name, held]) => ({
      ...{ account: addressOf(name as Name), person: personOf(name as Name), roles: held },
    })),
    instruments: [
      {
        ...{ name: 'Dollar', symbol: 'USD', decimals: 2, rate },
        modules: { countries: { mode: 'restrict', listed: [] }, supplyCap: 1_000_000n, holderCap: 10 },
      },
      { ...{ name: 'Bond', symbol: 'BOND', decimals: 0, rate }, modules: { preapproval: true } },
    ],
    tiers: [{ tier: 1, transfer: 'none', day: 'none', month: 'none', balance: 'none' }],
  })

  const deployer = await openSender({ walletClient: walletOf('operator'), publicClient })

  async function send(from: Name, to: Address, data: Hex) {
    const hash = await walletOf(from).sendTransaction({
      to,
      data,
      chain: null,
      gas: 3_000_000n,
      gasPrice: 0n,
    })
    const receipt = await publicClient.waitForTransactionReceipt({ hash })
    if (receipt.status !== 'success') throw new Error(`Reverted: ${from} to ${to}`)
    return receipt
  }
  const call = (from: Name, to: Address, abi: Abi, functionName: string, args: unknown[]) =>
    send(from, to, encodeFunctionData({ abi, functionName, args }))

  let nonce = 0n
  /** An order of the officer that somebody else carries out. @returns its id */
  async function order(action: OrderAction, target: Address, approver: Name = 'approver'): Promise<Hex> {
    const drawn = {
      ...{ kind: kindNumber(action.kind), target, arguments: encodeArguments(action) },
      ...{ reason: zeroHash, legalRef: zeroHash, proposer: addressOf('officer') },
      ...{ nonce: nonce++, deadline: (await now()) + 3600n },
    }
    const typed = orderTypedData(chain.chainId, deployment.orders, drawn)
    const signature = await account(people.officer).signTypedData(typed as never)
    const { to, data } = executeCall(deployment.orders, drawn, signature)
    await send(approver, to, data)
    return orderId(chain.chainId, deployment.orders, drawn)
  }
  const now = async () => (await publicClient.getBlock()).timestamp

  const [usd, bond] = deployment.instruments.map(({ address }) => address) as [Address, Address]
  const registry = (functionName: string, args: unknown[]) =>
    call('operator', deployment.registry, identityRegistryAbi, functionName, args)
  await registry('registerFirm', [firm, `0x${'41'.repeat(20)}`, 'Bank A'])
  await registry('register', [addressOf('ann'), identities.ann, firm, 276])
  await registry('register', [addressOf('ann2'), identities.ann, firm, 276])
  await registry('register', [addressOf('bob'), identities.bob, firm, 276])
  const verified = {
    kind: 'DecideKyc',
    status: 2,
    tier: 1,
    expiry: 4_000_000_000n,
    evidence: zeroHash,
  } as const
  for (const identity of Object.values(identities))
    await order({ ...verified, identity }, deployment.registry)
  const instrument = (from: Name, at: Address, functionName: string, args: unknown[]) =>
    call(from, at, instrumentAbi, functionName, args)
  await instrument('operator', usd, 'mint', [addressOf('ann'), 1000n])
  await instrument('operator', bond, 'mint', [addressOf('ann'), 50n])
  return { chain, deployment, deployer, usd, bond, order, instrument, now }
}
