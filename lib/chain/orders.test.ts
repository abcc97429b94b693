import { type Address, createWalletClient, http, keccak256, type PublicClient, toHex } from 'viem'
import { mnemonicToAccount } from 'viem/accounts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startAnvil, type TestChain } from '@/test/chain'
import { sampleActions } from '@/test/sample-orders'
import { createChainClient } from './client'
import { deployLedger } from './deploy'
import type { Deployment } from './deployment'
import { ordersAbi } from './generated/orders'
import { orderKinds } from './order-kinds'
import {
  type ChainOrder,
  decodeArguments,
  encodeArguments,
  kindNumber,
  legalRefOf,
  type OrderAction,
  orderHashes,
  orderId,
  reasonCode,
  reasonWord,
  rejectCall,
  rejectionReason,
} from './orders'

const account = (index: number) =>
  mnemonicToAccount('test test test test test test test test test test test junk', { addressIndex: index })
const someone = account(5).address.toLowerCase() as Address

const orderOf = (action: OrderAction): ChainOrder => ({
  kind: kindNumber(action.kind),
  target: someone,
  arguments: encodeArguments(action),
  reason: reasonWord('R-14'),
  legalRef: legalRefOf('Letter of 20 Nov'),
  proposer: someone,
  nonce: 12345678901234567890n,
  deadline: 1_800_000_000n,
})

describe('an order on a real node', () => {
  let chain: TestChain
  let client: PublicClient
  let deployment: Deployment

  beforeAll(async () => {
    chain = await startAnvil()
    client = createChainClient(chain.rpcUrl)
    const walletClient = createWalletClient({ account: account(0), transport: http(chain.rpcUrl) })
    deployment = await deployLedger({
      walletClient,
      publicClient: client,
      officers: [{ account: account(0).address, person: toHex('a', { size: 32 }), roles: 1n }],
      instruments: [],
      tiers: [],
    })
  }, 60_000)
  afterAll(() => chain?.stop())

  it.each(sampleActions)('has the id that the contract gives it: $kind', async (action) => {
    const order = orderOf(action)
    const onChain = await client.readContract({
      address: deployment.orders,
      abi: ordersAbi,
      functionName: 'idOf',
      args: [order],
    })
    expect(orderId(deployment.chainId, deployment.orders, order)).toBe(onChain)
    const { domain, message } = orderHashes(deployment.chainId, deployment.orders, order)
    expect(keccak256(`0x1901${domain.slice(2)}${message.slice(2)}`)).toBe(onChain)
  })

  it('knows the code it will be sent to', async () => {
    const code = await client.getCode({ address: deployment.orders })
    expect(keccak256(code!)).toBe(deployment.ordersCodeHash)
  })
})

describe('arguments', () => {
  it('are tried for every kind, in the order of the table', () => {
    expect(sampleActions.map((action) => action.kind)).toEqual(orderKinds.slice(1).map(({ kind }) => kind))
  })

  it.each(sampleActions)('come back as they went: $kind', (action) => {
    expect(decodeArguments(kindNumber(action.kind), encodeArguments(action))).toEqual(action)
  })

  it('are refused with a tail, cut short, or with dirty bits', () => {
    const encoded = encodeArguments(sampleActions[1]!)
    expect(() => decodeArguments(2, `${encoded}00`)).toThrow()
    expect(() => decodeArguments(2, encoded.slice(0, -64) as `0x${string}`)).toThrow()
    expect(() => decodeArguments(2, `0x01${encoded.slice(4)}`)).toThrow()
  })

  it('of no kind are refused', () => {
    expect(() => decodeArguments(0, '0x')).toThrow('No order is of kind 0')
    expect(() => decodeArguments(24, '0x')).toThrow('No order is of kind 24')
  })
})

it('reads the reason back from a rejection and from nothing else', () => {
  const { data } = rejectCall(someone, orderOf(sampleActions[1]!), '0x1234', reasonWord('R-90'))
  expect(reasonCode(rejectionReason(data)!)).toBe('R-90')
  expect(rejectionReason('0xdeadbeef')).toBeUndefined()
})
