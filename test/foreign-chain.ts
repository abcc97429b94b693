import { type Address, encodeEventTopics, encodeFunctionData, type Hex, numberToHex, parseAbi } from 'viem'
import { startAnvil } from './chain'
import { type Compiled, compileAll, compileContract } from './compile'

export const foreignTokens = [
  'PlainToken',
  'TextPermissioned',
  'NamedPermissioned',
  'RealWorldAsset',
  'RestrictedToken',
  'PaymentToken',
  'SilentToken',
  'Liar',
  'YesSayer',
  'Stranger',
] as const
export type ForeignName = (typeof foreignTokens)[number]

export const compileForeign = () =>
  ({ ...compileAll('Foreign'), ...compileAll('NoTokens') }) as Record<ForeignName, Compiled>

const link = parseAbi([
  'event AccountLinked(address indexed account, address indexed identity, uint32 indexed firm)',
])
const emitter = parseAbi(['function emitAll((bytes32[] topics, bytes data)[] entries)'])

/** A real node with one contract of each kind that we did not write; every transaction has a block of its own. */
export async function startForeignChain() {
  const chain = await startAnvil()
  const request = <T = unknown>(method: string, ...params: unknown[]) => chain.request<T>(method, params)
  const accounts = (await request<Address[]>('eth_accounts')).map((each) => each.toLowerCase() as Address)
  await request('evm_setAutomine', false)
  const compiled = compileForeign()
  const send = async (call: object) => {
    const hash = await request<Hex>('eth_sendTransaction', { gas: '0x2dc6c0', gasPrice: '0x0', ...call })
    await request('evm_mine')
    return request<{ contractAddress: Address; status: Hex; blockNumber: Hex }>(
      'eth_getTransactionReceipt',
      hash,
    )
  }
  const addresses = {} as Record<ForeignName, Address>
  const blocks = {} as Record<ForeignName, bigint>

  const { contractAddress: registry } = await send({
    from: accounts[0],
    data: compileContract('Emitter').bytecode,
  })

  /** The registry says that this account is a customer's of a firm. */
  async function linkAccount(account: Address, identity: Address, firm: number): Promise<void> {
    const args = { account, identity, firm }
    const topics = encodeEventTopics({ abi: link, eventName: 'AccountLinked', args }) as Hex[]
    const data = encodeFunctionData({
      abi: emitter,
      functionName: 'emitAll',
      args: [[{ topics, data: '0x' }]],
    })
    await send({ from: accounts[0], to: registry, data })
  }

  /** @return The block. */
  async function deploy(name: ForeignName): Promise<bigint> {
    const { contractAddress, blockNumber } = await send({ from: accounts[0], data: compiled[name].bytecode })
    addresses[name] = contractAddress.toLowerCase() as Address
    blocks[name] = BigInt(blockNumber)
    return blocks[name]
  }

  /** @return Whether it went through. */
  async function call(name: ForeignName, functionName: string, args: unknown[], from = 0): Promise<boolean> {
    const data = encodeFunctionData({ abi: compiled[name].abi, functionName, args })
    const { status } = await send({ from: accounts[from], to: addresses[name], data })
    return status === '0x1'
  }

  const mine = (count: number) => request('anvil_mine', numberToHex(count))
  const head = async () => BigInt(await request<Hex>('eth_blockNumber'))
  return { ...chain, request, accounts, addresses, blocks, registry, linkAccount, deploy, call, mine, head }
}

export type ForeignChain = Awaited<ReturnType<typeof startForeignChain>>
