import { type Address, encodeFunctionData, type Hex, numberToHex, parseAbi } from 'viem'
import type { Deployment } from '../lib/chain/deployment'
import { createRpc, resultOf } from '../lib/chain/rpc'
import { type AnvilOptions, startAnvil } from './chain'
import { compileContract } from './compile'
import { createScript, refusal } from './emitted-ledger'
import { type Act, type Part, parts } from './emitted-story'
import type { Random } from './random'

const emitterAbi = parseAbi([
  'struct Entry { bytes32[] topics; bytes data; }',
  'function emitAll(Entry[] entries)',
  'function refuseWith(bytes refusal)',
])

export type EmittingChain = Awaited<ReturnType<typeof startEmittingChain>>

/** A real node whose blocks hold a random history of a ledger: real transactions, receipts, reverts, reorganisations. */
export async function startEmittingChain(random: Random, options: AnvilOptions = {}) {
  const chain = await startAnvil(options)
  const rpc = createRpc(chain.rpcUrl)
  const request = <T = unknown>(method: string, ...params: unknown[]) => chain.request<T>(method, params)
  const [sender] = await request<Address[]>('eth_accounts')
  await request('evm_setAutomine', false)
  const addresses = {} as Record<Part, Address>
  const { bytecode } = compileContract('Emitter')
  const hashes: Hex[] = []
  for (const _ of parts)
    hashes.push(await request<Hex>('eth_sendTransaction', { from: sender, data: bytecode, ...gas }))
  await request('evm_mine')
  for (const [index, part] of parts.entries()) {
    const receipt = await request<{ contractAddress: Address }>('eth_getTransactionReceipt', hashes[index])
    addresses[part] = receipt.contractAddress
  }
  const data = encodeFunctionData({ abi: emitterAbi, functionName: 'refuseWith', args: [refusal] })
  await request('eth_sendTransaction', { from: sender, to: addresses.ours, data, ...gas })
  await request('evm_mine')

  const script = createScript(random)
  let written = 0
  const callOf = (act: Act) => {
    const entries = 'refused' in act ? [] : act.entries
    const input =
      'refused' in act
        ? act.refused
        : encodeFunctionData({ abi: emitterAbi, functionName: 'emitAll', args: [entries] })
    return { from: sender, to: addresses[act.part], data: input, ...gas }
  }

  /** One block with these acts, `later` seconds after the one before at least. */
  async function mine(acts: Act[], later: number): Promise<void> {
    const nonce = Number(await request('eth_getTransactionCount', sender, 'latest'))
    const sends = acts.map((act, at) => ({ ...callOf(act), nonce: numberToHex(nonce + at) }))
    const answers = await rpc.batch(sends.map((send) => ({ method: 'eth_sendTransaction', params: [send] })))
    for (const answer of answers) resultOf('eth_sendTransaction', answer)
    await request('evm_increaseTime', later)
    await request('evm_mine')
  }

  async function addBlocks(count: number): Promise<void> {
    for (let left = count; left > 0; left--) await mine(script.nextBlock(), random.below(1500))
    written += count
  }

  /** One block with just these acts, outside the script: it cannot be reorganised. */
  async function addBlock(...acts: Act[]): Promise<void> {
    await mine(acts, 0)
    written = 0
  }

  /** Replaces the last blocks by others with other transactions. */
  async function reorganise(depth: number): Promise<void> {
    if (depth > written) throw new Error(`Only ${written} blocks of the script can be replaced`)
    script.forget(depth)
    const pairs = Array.from({ length: depth }, (_, block) =>
      script.nextBlock().map((act) => [callOf(act), block]),
    ).flat()
    await request('anvil_reorg', depth, pairs)
  }

  const deployment: Deployment = deploymentOf(chain.chainId, addresses)
  return {
    ...chain,
    addresses,
    deployment,
    addBlock,
    addBlocks,
    reorganise,
    head: () => headOf(request),
  }
}

const gas = { gas: numberToHex(16_000_000), gasPrice: '0x0' }

async function headOf(request: <T>(method: string, ...params: unknown[]) => Promise<T>) {
  const block = await request<{ number: Hex; hash: Hex }>('eth_getBlockByNumber', 'latest', false)
  return { number: BigInt(block.number), hash: block.hash }
}

function deploymentOf(chainId: number, addresses: Record<Part, Address>): Deployment {
  const { ours, foreign, spare, ...rest } = addresses
  return {
    chainId,
    startBlock: 1,
    ordersCodeHash: `0x${'00'.repeat(32)}`,
    ...rest,
    instruments: [
      { address: ours, symbol: 'OURS', name: 'Ours', decimals: 2, standard: 'plimsoll' },
      { address: foreign, symbol: 'THEIRS', name: 'Theirs', decimals: 18, standard: 'erc20' },
      { address: spare, symbol: 'SPARE', name: 'Spare', decimals: 0, standard: 'erc20' },
    ],
  }
}
