import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import pg from 'pg'
import { type Address, encodeDeployData, encodeFunctionData, type Hex, numberToHex } from 'viem'
import { createRpc } from '../lib/chain/rpc'
import { startAnvil } from './chain'
import type { Cluster } from './cluster'
import { compileContract } from './compile'
import { freshDatabase } from './postgres'

const supply = 10n ** 24n
const gas = { gas: numberToHex(9_000_000), gasPrice: '0x0' }

/** A chain with many transfers: first blocks of ten that each move once, then blocks of two that move fifty times. */
export async function startBenchChain({ small, large }: { small: number; large: number }) {
  const chain = await startAnvil()
  const rpc = createRpc(chain.rpcUrl, { timeout: 60_000 })
  const [from] = (await rpc.call('eth_accounts')) as Address[]
  const { abi, bytecode } = compileContract('BatchToken')
  const data = encodeDeployData({ abi, bytecode, args: [supply] })
  await rpc.call('evm_setAutomine', false)
  const hash = await rpc.call('eth_sendTransaction', { from, data, ...gas })
  await rpc.call('evm_mine')
  const { contractAddress: token } = (await rpc.call('eth_getTransactionReceipt', hash)) as {
    contractAddress: Hex
  }

  let nonce = 1
  const send = (functionName: string, args: unknown[]) => ({
    method: 'eth_sendTransaction',
    params: [
      {
        from,
        to: token,
        nonce: numberToHex(nonce++),
        data: encodeFunctionData({ abi, functionName, args }),
        ...gas,
      },
    ],
  })
  const mine = { method: 'evm_mine', params: [] }
  let events = 1
  for (let block = 0; block < small; block++) {
    const account = (at: number) => numberToHex(1_000_000 + ((block * 10 + at) % 2000), { size: 20 })
    await rpc.batch(Array.from({ length: 10 }, (_, at) => send('transfer', [account(at), BigInt(at + 1)])))
    await rpc.batch([mine])
    events += 10
  }
  for (let block = 0; block < large; block++) {
    await rpc.batch([send('spread', [1_000_000n, 2000n, 50n]), send('spread', [1_000_000n, 2000n, 50n])])
    await rpc.batch([mine])
    events += 100
  }
  const head = BigInt((await rpc.call('eth_blockNumber')) as string)
  return { ...chain, token: token.toLowerCase() as Address, events, head }
}

export type BenchChain = Awaited<ReturnType<typeof startBenchChain>>
export type Run = { seconds: number; cpu: number; megabytes: number }

/** One run on a fresh database. @throws if what was indexed is not exact: that is a failed run and not a timing. */
export async function timeIndex(cluster: Cluster, chain: BenchChain): Promise<Run> {
  const database = await freshDatabase(cluster)
  const run = await timed({ mode: 'index', databaseUrl: database.urls.worker, ...taskOf(chain) })
  const client = new pg.Client({ connectionString: database.urls.worker })
  await client.connect()
  const { rows } = await client.query(
    `SELECT (SELECT count(*) FROM transfer)::int AS events, (SELECT sum(amount) FROM balance)::text AS held,
       (SELECT number FROM cursor) AS head`,
  )
  await client.end()
  await database.drop()
  const expected = { events: chain.events, held: String(supply), head: String(chain.head) }
  if (JSON.stringify(rows[0]) !== JSON.stringify(expected)) {
    throw new Error(`Not exact: ${JSON.stringify(rows[0])}, expected ${JSON.stringify(expected)}`)
  }
  return run
}

export const timeFetch = (chain: BenchChain): Promise<Run> =>
  timed({ mode: 'fetch', databaseUrl: '', ...taskOf(chain) })

const taskOf = ({ rpcUrl, token, head }: BenchChain) => ({ rpcUrl, token, head: String(head) })

async function timed(task: Record<string, string>): Promise<Run> {
  const script = fileURLToPath(new URL('bench-run.ts', import.meta.url))
  const { stdout } = await promisify(execFile)(process.execPath, [
    '--import',
    'tsx',
    script,
    JSON.stringify(task),
  ])
  return JSON.parse(stdout)
}
