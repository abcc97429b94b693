import {
  type Address,
  createPublicClient,
  createTestClient,
  createWalletClient,
  encodeAbiParameters,
  type Hex,
  hashTypedData,
  http,
  maxUint256,
  numberToHex,
  parseEventLogs,
  zeroAddress,
  zeroHash,
} from 'viem'
import { generatePrivateKey, type PrivateKeyAccount, privateKeyToAccount } from 'viem/accounts'
import { foundry } from 'viem/chains'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startAnvil, type TestChain } from '../../test/chain'
import { deployLedger } from './deploy'
import type { Deployment } from './deployment'
import { identityRegistryAbi } from './generated/identity-registry'
import { instrumentAbi } from './generated/instrument'
import { limitPolicyAbi } from './generated/limit-policy'
import { ordersAbi } from './generated/orders'

// The node asks no fee, yet suggests a tip.
const free = { maxFeePerGas: 0n, maxPriorityFeePerGas: 0n }
const firm = 1
const year = 365n * 86_400n
const person = (n: number) => numberToHex(n, { size: 32 })
const fresh = () => privateKeyToAccount(generatePrivateKey())
const [deployer, officer, approver, clerk, alice, bob] = Array.from(
  { length: 6 },
  fresh,
) as PrivateKeyAccount[]

let chain: TestChain
let deployment: Deployment
let token: Address
let now: bigint
const transport = () => http(chain.rpcUrl)
const publicClient = () => createPublicClient({ chain: foundry, transport: transport(), pollingInterval: 20 })
const walletOf = (account: PrivateKeyAccount) =>
  createWalletClient({ account, chain: foundry, transport: transport(), pollingInterval: 20 })

beforeAll(async () => {
  chain = await startAnvil()
  const test = createTestClient({ mode: 'anvil', chain: foundry, transport: transport() })
  for (const account of [deployer, officer, approver, clerk, alice, bob])
    await test.setBalance({ address: account!.address, value: 10n ** 20n })
  deployment = await deployLedger({
    walletClient: walletOf(deployer!),
    publicClient: publicClient(),
    officers: [
      { account: officer!.address, person: person(1), roles: 3n },
      { account: approver!.address, person: person(2), roles: 4n },
      { account: clerk!.address, person: person(3), roles: 8n | 16n },
    ],
    instruments: [
      { name: 'Euro', symbol: 'EUR', decimals: 2, rate: { numerator: 1n, denominator: 1n } },
      { name: 'Pound', symbol: 'GBP', decimals: 2, rate: { numerator: 6n, denominator: 5n } },
    ],
    tiers: [{ tier: 1, transfer: 1_000n, day: 1_500n, month: 5_000n, balance: 'none' }],
  })
  token = deployment.instruments[0]!.address
  now = (await publicClient().getBlock()).timestamp

  await registry(clerk!, 'registerFirm', [firm, `0x${'41'.repeat(20)}`, 'Firm'])
  await registry(clerk!, 'register', [alice!.address, alice!.address, firm, 250])
  await registry(clerk!, 'register', [bob!.address, bob!.address, firm, 250])
  for (const holder of [alice!, bob!]) await verify(holder.address)
  await send(clerk!, token, instrumentAbi, 'mint', [alice!.address, 10_000n])
})

afterAll(() => chain?.stop())

describe('deployLedger', () => {
  it('says where everything is, and since when', async () => {
    expect(deployment.chainId).toBe(foundry.id)
    expect(deployment.startBlock).toBe(1)
    expect(
      deployment.instruments.map(({ symbol, decimals, standard }) => [symbol, decimals, standard]),
    ).toEqual([
      ['EUR', 2, 'plimsoll'],
      ['GBP', 2, 'plimsoll'],
    ])
    const logs = await publicClient().getLogs({ fromBlock: 0n })
    expect(logs[0]!.blockNumber).toBe(1n)
  })

  it('founds the limits and rates of the plan', async () => {
    const limit = (window: number) =>
      publicClient().readContract({
        address: deployment.policy,
        abi: limitPolicyAbi,
        functionName: 'limitOf',
        args: [1, numberToHex(1, { size: 32 }), window],
      })
    expect(await Promise.all([0, 1, 2, 3].map(limit))).toEqual([
      [1_000n, true],
      [1_500n, true],
      [5_000n, true],
      [maxUint256, true],
    ])
    const rate = await publicClient().readContract({
      address: deployment.policy,
      abi: limitPolicyAbi,
      functionName: 'rateOf',
      args: [deployment.instruments[1]!.address],
    })
    expect(rate).toEqual([6n, 5n])
  })

  it('leaves the deployer no power', async () => {
    const found = send(deployer!, deployment.policy, limitPolicyAbi, 'found', [[], []])
    await expect(found).rejects.toThrow('AlreadyFounded')
  })

  it('moves what the limits allow, and explains what they do not', async () => {
    await send(alice!, token, instrumentAbi, 'transfer', [bob!.address, 1_000n])
    const refused = send(alice!, token, instrumentAbi, 'transfer', [bob!.address, 600n])
    await expect(refused).rejects.toThrow('TransferRefused')
    const verdict = await publicClient().readContract({
      address: token,
      abi: instrumentAbi,
      functionName: 'verdict',
      args: [alice!.address, bob!.address, 600n],
    })
    expect({ ...verdict, module: verdict.module.toLowerCase() }).toEqual({
      code: 22,
      module: deployment.policy,
      headroom: 500n,
      subject: numberToHex(1, { size: 32 }),
    })
  })
})

describe('an order, signed as typed data by a wallet', () => {
  const types = {
    SetLimitOrder: [
      { name: 'target', type: 'address' },
      { name: 'action', type: 'SetLimit' },
      { name: 'reason', type: 'bytes32' },
      { name: 'legalRef', type: 'bytes32' },
      { name: 'proposer', type: 'address' },
      { name: 'nonce', type: 'uint256' },
      { name: 'deadline', type: 'uint64' },
    ],
    SetLimit: [
      { name: 'scope', type: 'uint8' },
      { name: 'subject', type: 'bytes32' },
      { name: 'window', type: 'uint8' },
      { name: 'limit', type: 'uint256' },
    ],
  } as const

  it('is carried out by a second person, under the id that the typed data hashes to', async () => {
    const subject = numberToHex(BigInt(alice!.address), { size: 32 })
    const action = { scope: 0, subject, window: 1, limit: 7_000n }
    const order = {
      target: deployment.policy,
      reason: person(77),
      legalRef: person(88),
      proposer: officer!.address,
      nonce: 5n,
      deadline: now + year,
    }
    const typed = {
      domain: {
        name: 'Plimsoll Orders',
        version: '1',
        chainId: foundry.id,
        verifyingContract: deployment.orders,
      },
      types,
      primaryType: 'SetLimitOrder',
      message: { ...order, action },
    } as const
    const signature = await officer!.signTypedData(typed)
    const words = encodeAbiParameters(
      [{ type: 'uint8' }, { type: 'bytes32' }, { type: 'uint8' }, { type: 'uint256' }],
      [action.scope, action.subject, action.window, action.limit],
    )
    const call = [{ kind: 2, arguments: words, ...order }, signature] as const

    await expect(send(officer!, deployment.orders, ordersAbi, 'execute', call)).rejects.toThrow('MissingRole')
    const { logs } = await send(approver!, deployment.orders, ordersAbi, 'execute', call)
    await expect(send(approver!, deployment.orders, ordersAbi, 'execute', call)).rejects.toThrow(
      'OrderClosed',
    )

    const [executed] = parseEventLogs({ abi: ordersAbi, eventName: 'OrderExecuted', logs })
    expect(executed!.args).toMatchObject({
      id: hashTypedData(typed),
      kind: 2,
      proposer: officer!.address,
      approver: approver!.address,
      proposerPerson: person(1),
      approverPerson: person(2),
      arguments: words,
      reason: person(77),
      legalRef: person(88),
    })
    const [set] = parseEventLogs({ abi: limitPolicyAbi, eventName: 'LimitSet', logs })
    expect(set!.args).toMatchObject({ limitBefore: maxUint256, limit: 7_000n, orderId: hashTypedData(typed) })
  })
})

async function verify(identity: Address) {
  const words = encodeAbiParameters(
    [{ type: 'address' }, { type: 'uint8' }, { type: 'uint8' }, { type: 'uint64' }, { type: 'bytes32' }],
    [identity, 2, 1, now + year, zeroHash],
  )
  const rest = {
    reason: zeroHash,
    legalRef: zeroHash,
    proposer: officer!.address,
    nonce: 0n,
    deadline: now + year,
  }
  const order = { kind: 1, target: deployment.registry, arguments: words, ...rest }
  const { logs } = await send(officer!, deployment.orders, ordersAbi, 'execute', [order, '0x'])
  const [executed] = parseEventLogs({ abi: ordersAbi, eventName: 'OrderExecuted', logs })
  expect(executed!.args.approver).toBe(zeroAddress)
}

const registry = (from: PrivateKeyAccount, functionName: string, args: readonly unknown[]) =>
  send(from, deployment.registry, identityRegistryAbi, functionName, args)

async function send(
  from: PrivateKeyAccount,
  address: Address,
  abi: readonly unknown[],
  functionName: string,
  args: readonly unknown[],
) {
  const hash: Hex = await walletOf(from).writeContract({ address, abi, functionName, args, ...free } as never)
  return publicClient().waitForTransactionReceipt({ hash })
}
