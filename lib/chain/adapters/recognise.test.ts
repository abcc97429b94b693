import { afterAll, beforeAll, expect, test } from 'vitest'
import { type ForeignChain, type ForeignName, foreignTokens, startForeignChain } from '@/test/foreign-chain'
import { createRpc, type Rpc } from '../rpc'
import { checkDeployment, findDeployment, recognise } from './recognise'

let chain: ForeignChain
let rpc: Rpc

beforeAll(async () => {
  chain = await startForeignChain()
  rpc = createRpc(chain.rpcUrl)
  for (const name of foreignTokens) {
    await chain.mine(3)
    await chain.deploy(name)
  }
})
afterAll(() => chain.stop())

const look = async (name: ForeignName) => {
  const found = await recognise(rpc, chain.addresses[name])
  return 'why' in found
    ? found.words
    : [found.adapter.standard, found.symbol, found.decimals, found.capabilities.join(' ')]
}

test.each([
  ['PlainToken', ['erc20', 'PLN', 6, 'mint permit']],
  ['SilentToken', ['erc20', 'PLN', 6, 'mint permit']],
  [
    'TextPermissioned',
    [
      ...['erc3643', 'PLN', 6],
      'freeze partial-freeze forced-transfer recovery pause mint identity-registry compliance permit',
    ],
  ],
  ['NamedPermissioned', ['erc3643', 'PLN', 6, 'freeze recovery mint identity-registry compliance permit']],
  ['RealWorldAsset', ['erc7943', 'PLN', 6, 'partial-freeze forced-transfer mint pre-check permit']],
  ['RestrictedToken', ['erc1404', 'PLN', 6, 'freeze mint compliance pre-check restriction-codes permit']],
  ['PaymentToken', ['fiat-token', 'PLN', 6, 'blacklist pause mint permit']],
] as const)('%s is recognised, and what it can do', async (name, expected) => {
  expect(await look(name)).toEqual(expected)
})

test('what is no token is said to be none, whatever it claims', async () => {
  expect(await look('Liar')).toBe('It claims to be ERC-7943 and has no balances')
  expect(await look('YesSayer')).toMatch(/whatever it is asked/)
  expect(await look('Stranger')).toBe('It has no balances, supply and decimals as a token has')
  expect(await recognise(rpc, chain.accounts[0]!)).toMatchObject({ why: 'no-code' })
})

test('a contract whose every call is an invalid instruction is none, and not a node that does not answer', async () => {
  const address = '0x00000000000000000000000000000000000000fe'
  await chain.request('anvil_setCode', address, '0xfe')
  await chain.mine(1)
  expect(await recognise(rpc, address)).toMatchObject({ why: 'no-token' })
})

test('the block of a deployment is found by halving, and an entered one is checked', async () => {
  const head = await chain.head()
  for (const name of ['PlainToken', 'PaymentToken', 'Stranger'] as const) {
    const [address, block] = [chain.addresses[name], chain.blocks[name]]
    expect(await findDeployment(rpc, address, head)).toEqual({ block })
    expect(await checkDeployment(rpc, address, block)).toBe('right')
    expect(await checkDeployment(rpc, address, block - 1n)).toBe('early')
    expect(await checkDeployment(rpc, address, block + 1n)).toBe('late')
  }
})

test('a node that keeps only recent state finds what is recent, and nothing older', async () => {
  const [head, kept] = [await chain.head(), chain.blocks.RealWorldAsset - 1n]
  const forgetful: Rpc = {
    ...rpc,
    batch: async (calls) =>
      BigInt(calls[0]!.params[1] as string) < kept
        ? calls.map(() => ({ error: { code: -32000, message: 'missing trie node' } }))
        : rpc.batch(calls),
  }
  const { RealWorldAsset, PaymentToken, NamedPermissioned } = chain.addresses
  expect(await findDeployment(forgetful, PaymentToken, head)).toEqual({ block: chain.blocks.PaymentToken })
  expect(await findDeployment(forgetful, RealWorldAsset, head)).toEqual({ block: kept + 1n })
  expect(await findDeployment(forgetful, NamedPermissioned, head)).toBe('unknown')
})

test('a node that keeps no old state finds nothing', async () => {
  const forgetful: Rpc = {
    ...rpc,
    batch: async (calls) => calls.map(() => ({ error: { code: -32000, message: 'missing trie node' } })),
  }
  expect(await findDeployment(forgetful, chain.addresses.PlainToken, 20n)).toBe('unknown')
  expect(await checkDeployment(forgetful, chain.addresses.PlainToken, 20n)).toBe('unknown')
})
