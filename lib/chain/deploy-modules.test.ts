import {
  type Abi,
  type Address,
  createWalletClient,
  encodeFunctionData,
  http,
  numberToHex,
  zeroAddress,
  zeroHash,
} from 'viem'
import { generatePrivateKey, privateKeyToAccount } from 'viem/accounts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startAnvil, type TestChain } from '../../test/chain'
import { codes } from '../compliance/codes'
import { createChainClient } from './client'
import { deployLedger } from './deploy'
import type { Deployment, ModuleKind } from './deployment'
import { complianceAbi } from './generated/compliance'
import { countryRulesAbi } from './generated/country-rules'
import { holderCapAbi } from './generated/holder-cap'
import { identityRegistryAbi } from './generated/identity-registry'
import { instrumentAbi } from './generated/instrument'
import { ordersAbi } from './generated/orders'
import { preapprovalAbi } from './generated/preapproval'
import { supplyCapAbi } from './generated/supply-cap'
import { readListed, readRule } from './modules'
import { encodeArguments, kindNumber } from './orders'

const deployer = privateKeyToAccount(generatePrivateKey())
const rate = { numerator: 1n, denominator: 1n }
const plain = { decimals: 2, rate }

let chain: TestChain
let deployment: Deployment
let client: ReturnType<typeof createChainClient>

beforeAll(async () => {
  chain = await startAnvil()
  client = createChainClient(chain.rpcUrl)
  await chain.request('anvil_setBalance', [deployer.address, numberToHex(10n ** 20n)])
  deployment = await deployLedger({
    walletClient: createWalletClient({ account: deployer, transport: http(chain.rpcUrl) }),
    publicClient: client,
    officers: [
      { account: deployer.address, person: numberToHex(1, { size: 32 }), roles: 1n | 2n | 8n | 16n },
    ],
    instruments: [
      {
        ...{ ...plain, name: 'Euro', symbol: 'EUR' },
        modules: {
          preapproval: true,
          holderCap: 7,
          supplyCap: 9_000n,
          countries: { mode: 'allow', listed: [250, 826] },
        },
      },
      { ...plain, name: 'Pound', symbol: 'GBP', modules: { countries: { mode: 'restrict', listed: [643] } } },
      { ...plain, name: 'Franc', symbol: 'CHF' },
    ],
    tiers: [],
  })
})
afterAll(() => chain?.stop())

const kindsOf = (at: number) => deployment.instruments[at]!.modules!.map(({ kind }) => kind)
const moduleOf = (at: number, wanted: ModuleKind): Address =>
  deployment.instruments[at]!.modules!.find(({ kind }) => kind === wanted)!.address
const read = (address: Address, abi: unknown, functionName: string, args: readonly unknown[] = []) =>
  client.readContract({ address, abi: abi as Abi, functionName, args })
const lower = (address: unknown) => String(address).toLowerCase()

describe('the modules of a plan', () => {
  it('are asked in one order whatever the plan’s, the limits last', async () => {
    expect([0, 1, 2].map(kindsOf)).toEqual([
      ['countries-allowed', 'supply-cap', 'holder-cap', 'preapproval', 'limits'],
      ['countries-restricted', 'limits'],
      ['limits'],
    ])
    for (const { compliance, modules } of deployment.instruments) {
      const asked = (await read(compliance!, complianceAbi, 'getModules')) as Address[]
      expect(asked.map(lower)).toEqual(modules!.map(({ address }) => lower(address)))
    }
  })

  it('rule what the plan says, and can be read for what they are', async () => {
    const rules = await Promise.all(
      deployment.instruments[0]!.modules!.map(({ address }) => readRule(client, address)),
    )
    expect(rules).toEqual([
      { kind: 'country', allows: true },
      { kind: 'supply', cap: 9_000n },
      { kind: 'holders', cap: 7n },
      { kind: 'preapproval' },
      { kind: 'other' },
    ])
    const [allowed, refused] = [moduleOf(0, 'countries-allowed'), moduleOf(1, 'countries-restricted')]
    const listed = (module: Address) =>
      Promise.all([250, 826, 643].map((country) => readListed(client, module, country)))
    expect(await listed(allowed)).toEqual([true, true, false])
    expect(await listed(refused)).toEqual([false, false, true])
    expect(await read(allowed, countryRulesAbi, 'isAllowed', [643])).toBe(false)
    expect(await read(refused, countryRulesAbi, 'isAllowed', [250])).toBe(true)
  })

  it('obey the table of roles of their ledger', async () => {
    for (const { kind, address } of deployment.instruments[0]!.modules!)
      expect(lower(await read(address, supplyCapAbi, 'ROLES')), kind).toBe(lower(deployment.roles))
  })

  it('serve their one instrument where they keep books, and no other can be named', async () => {
    const [euro, pound] = deployment.instruments.map(({ address }) => address) as [Address, Address]
    for (const [kind, abi] of [
      ['holder-cap', holderCapAbi],
      ['preapproval', preapprovalAbi],
    ] as const) {
      const module = moduleOf(0, kind)
      expect(lower(await read(module, abi, 'boundInstrument')), kind).toBe(lower(euro))
      const again = { abi: abi as Abi, functionName: 'bindInstrument', args: [pound] }
      await expect(
        client.simulateContract({ account: deployer.address, address: module, ...again }),
      ).rejects.toThrow('InstrumentTaken')
    }
  })

  it('judge what moves, each before the limits', async () => {
    const [holder, refused] = [`0x${'a1'.repeat(20)}`, `0x${'a2'.repeat(20)}`] as const
    const registry = { to: deployment.registry, abi: identityRegistryAbi }
    await send({ ...registry, functionName: 'registerFirm', args: [1, `0x${'41'.repeat(20)}`, 'Firm'] })
    await send({ ...registry, functionName: 'register', args: [holder, holder, 1, 250] })
    await send({ ...registry, functionName: 'register', args: [refused, refused, 1, 643] })
    await verify(holder)
    await verify(refused)
    const verdict = (at: number, to: Address, amount: bigint) =>
      read(deployment.instruments[at]!.address, instrumentAbi, 'verdict', [zeroAddress, to, amount])
    expect(await verdict(0, refused, 1n)).toMatchObject({ code: codes.country })
    expect(await verdict(0, holder, 9_001n)).toMatchObject({ code: codes.supplyCap, headroom: 9_000n })
    // No tier has a limit, so nobody may hold anything: the rules before it let it through.
    expect(await verdict(0, holder, 1n)).toMatchObject({ code: codes.balanceLimit, headroom: 0n })
    expect(await verdict(1, refused, 1n)).toMatchObject({ code: codes.country })
    expect(await verdict(2, refused, 1n)).toMatchObject({ code: codes.balanceLimit })
  })
})

async function verify(identity: Address) {
  const { timestamp } = await client.getBlock()
  const [expiry, deadline] = [timestamp + 86_400n, timestamp + 3_600n]
  const decided = { identity, status: 2, tier: 1, expiry, evidence: zeroHash }
  const order = {
    ...{ kind: kindNumber('DecideKyc'), arguments: encodeArguments({ kind: 'DecideKyc', ...decided }) },
    ...{ target: deployment.registry, proposer: deployer.address, nonce: BigInt(identity), deadline },
    ...{ reason: zeroHash, legalRef: zeroHash },
  }
  await send({ to: deployment.orders, abi: ordersAbi, functionName: 'execute', args: [order, '0x'] })
}

async function send({
  to,
  ...call
}: {
  to: Address
  abi: unknown
  functionName: string
  args: readonly unknown[]
}) {
  const wallet = createWalletClient({ account: deployer, transport: http(chain.rpcUrl) })
  const data = encodeFunctionData(call as { abi: Abi; functionName: string; args: readonly unknown[] })
  const hash = await wallet.sendTransaction({ to, data, chain: null, gasPrice: 0n })
  expect(await client.waitForTransactionReceipt({ hash })).toMatchObject({ status: 'success' })
}
