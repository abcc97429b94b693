import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { type Address, encodeDeployData, encodeFunctionData, type Hex, numberToHex, toHex } from 'viem'
import { createRpc, type Rpc } from '../../lib/chain/rpc'
import { anvilArguments, anvilBinary, attachChain } from '../../scripts/local/chain'
import { anyFreePort } from '../../scripts/local/ports'
import { compileContract } from '../compile'

/** Blocks of ten transactions that each move once, then blocks of two transactions that move `fan` times. */
export type Shape = { small: number; large: number; fan: number }
/** What is on the chain, known from making it and not from reading it. */
export type Truth = { token: Address; events: number; head: number; lastLog: number; balances: string }

const supply = 10n ** 24n
const [first, span] = [1_000_000, 2000]
const gas = { gas: numberToHex(30_000_000), gasPrice: '0x0' }
const chainId = 31337

/** Starts a node that serves such a chain. The first time it is made, which takes a minute; then it is in `folder`. */
export async function startBenchChain(folder: string, shape: Shape) {
  mkdirSync(folder, { recursive: true })
  const name = path.join(folder, `chain-${shape.small}-${shape.large}-${shape.fan}`)
  const [stateFile, truthFile] = [`${name}.state.json`, `${name}.json`]
  if (!existsSync(truthFile)) {
    const node = await startNode(['--dump-state', stateFile])
    const truth = await makeChain(createRpc(node.rpcUrl, { timeout: 60_000 }), shape)
    await node.stop()
    writeFileSync(truthFile, JSON.stringify(truth))
  }
  const truth: Truth = JSON.parse(readFileSync(truthFile, 'utf8'))
  return { ...(await startNode(['--load-state', stateFile])), ...truth }
}

/** The same made anew and kept nowhere. */
export async function startLiveChain(shape: Shape) {
  const node = await startNode([])
  return { ...node, ...(await makeChain(createRpc(node.rpcUrl, { timeout: 60_000 }), shape)) }
}

export type BenchChain = Awaited<ReturnType<typeof startBenchChain>>

async function startNode(more: string[]) {
  const port = await anyFreePort()
  const given = [...anvilArguments({ chainId, port, detached: false }), ...more]
  const child = spawn(anvilBinary(), given, { stdio: 'ignore' })
  process.once('exit', () => child.kill('SIGKILL'))
  const chain = attachChain(`http://127.0.0.1:${port}`, chainId, child.pid ?? 0)
  await chain.ready(child)
  return chain
}

async function makeChain(rpc: Rpc, { small, large, fan }: Shape): Promise<Truth> {
  const [from] = (await rpc.call('eth_accounts')) as Address[]
  const { abi, bytecode } = compileContract('BatchToken')
  const data = encodeDeployData({ abi, bytecode, args: [supply] })
  await rpc.call('evm_setAutomine', false)
  const hash = await rpc.call('eth_sendTransaction', { from, data, ...gas })
  await rpc.call('evm_mine')
  const receipt = (await rpc.call('eth_getTransactionReceipt', hash)) as { contractAddress: Hex }
  const token = receipt.contractAddress.toLowerCase() as Address

  let nonce = 1
  const send = (functionName: string, args: unknown[]) => {
    const call = { from, to: token, nonce: numberToHex(nonce++), ...gas }
    return {
      method: 'eth_sendTransaction',
      params: [{ ...call, data: encodeFunctionData({ abi, functionName, args }) }],
    }
  }
  const held = new Map<number, bigint>()
  let events = 1
  const move = (to: number, amount: number) => {
    held.set(to, (held.get(to) ?? 0n) + BigInt(amount))
    events += 1
  }
  for (let block = 2; block < small + 2; block++) {
    const calls = Array.from({ length: 10 }, (_, at) => {
      const to = (block * 10 + at) % span
      move(to, at + 1)
      return send('transfer', [toHex(first + to, { size: 20 }), BigInt(at + 1)])
    })
    await mine(rpc, calls)
  }
  for (let block = small + 2; block < small + large + 2; block++) {
    const spread = () => {
      for (let i = 0; i < fan; i++) move((i * 7919 + block) % span, i + 1)
      return send('spread', [BigInt(first), BigInt(span), BigInt(fan)])
    }
    await mine(rpc, [spread(), spread()])
  }
  const head = Number(await rpc.call('eth_blockNumber'))
  if (head !== small + large + 1) throw new Error(`The chain has ${head} blocks, not ${small + large + 1}`)
  const moved = [...held.values()].reduce((sum, amount) => sum + amount, 0n)
  const rows = [...held].map(([to, amount]) => `${toHex(first + to, { size: 20 })} ${amount}`)
  return {
    token,
    events,
    head,
    lastLog: 2 * fan - 1,
    balances: digestOf([...rows, `${from!.toLowerCase()} ${supply - moved}`]),
  }
}

async function mine(rpc: Rpc, calls: Parameters<Rpc['batch']>[0]) {
  const answers = await rpc.batch([...calls])
  const refused = answers.find((answer) => 'error' in answer)
  if (refused) throw new Error(`A transaction was refused: ${JSON.stringify(refused)}`)
  await rpc.call('evm_mine')
}

/** Of lines of an account and what it holds, in any order. */
export const digestOf = (rows: readonly string[]): string =>
  createHash('sha256')
    .update([...rows].sort().join('\n'))
    .digest('hex')
