import { type ChildProcess, spawn } from 'node:child_process'
import { chmodSync, openSync, statSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { createRpc } from '@/lib/chain/rpc'
import { anyFreePort } from './ports'
import { end, identify } from './processes'

export type ChainOptions = {
  chainId: number
  port?: number
  blockTime?: number
  genesisTime?: number
  stateFile?: string
  cacheDir?: string
  logFile?: string
  /** Outlives a killed launcher, so that nothing on it is lost. */
  detached: boolean
}

/** The platform's own binary and not its wrapper, so that signals reach it. */
export function anvilBinary(): string {
  const platform = process.platform === 'win32' ? 'win32' : process.platform
  const name = `@foundry-rs/anvil-${platform}-${process.arch === 'x64' ? 'amd64' : process.arch}`
  // npm lays platform packages beside the one that asks for them, or above it.
  const require = createRequire(createRequire(import.meta.url).resolve('@foundry-rs/anvil/package.json'))
  const binary = join(dirname(require.resolve(`${name}/package.json`)), 'bin', 'anvil')
  if ((statSync(binary).mode & 0o111) === 0) chmodSync(binary, 0o755)
  return binary
}

/** The whole file is rewritten each time, so the larger it is the seldomer. */
function dumpInterval(stateFile: string): number {
  const megabytes = (statSync(stateFile, { throwIfNoEntry: false })?.size ?? 0) / 1e6
  return megabytes < 50 ? 10 : megabytes < 200 ? 30 : 60
}

export function anvilArguments(options: ChainOptions & { port: number }): string[] {
  const { stateFile, cacheDir } = options
  return [
    ...[
      '--host',
      '127.0.0.1',
      '--port',
      String(options.port),
      '--chain-id',
      String(options.chainId),
      '--no-cors',
    ],
    ...['--base-fee', '0', '--gas-price', '0', '--disable-min-priority-fee', '--gas-limit', '1000000000'],
    ...['--slots-in-an-epoch', '1', '--no-request-size-limit', '--disable-console-log', '--quiet'],
    ...(options.blockTime ? ['--block-time', String(options.blockTime)] : []),
    ...(options.genesisTime ? ['--timestamp', String(options.genesisTime)] : []),
    ...(stateFile ? ['--state', stateFile, '--state-interval', String(dumpInterval(stateFile))] : []),
    ...(cacheDir ? ['--cache-path', cacheDir] : []),
  ]
}

/** Starts anvil and waits until it answers with its chain id. */
export async function startChain(options: ChainOptions) {
  const port = options.port ?? (await anyFreePort())
  const output = options.logFile ? openSync(options.logFile, 'a') : 'ignore'
  const child = spawn(anvilBinary(), anvilArguments({ ...options, port }), {
    stdio: ['ignore', output, output],
    detached: options.detached,
  })
  // Without a process number there is nothing to wait for; the wait below says so in words.
  child.once('error', () => {})
  if (!options.detached) endWithThisProcess(child)
  const chain = attachChain(`http://127.0.0.1:${port}`, options.chainId, child.pid ?? 0)
  await chain.ready(child)
  return { ...chain, port }
}

function endWithThisProcess(child: ChildProcess) {
  const kill = () => child.kill('SIGKILL')
  process.once('exit', kill)
  child.once('exit', () => process.off('exit', kill))
}

/** A running chain by its address; `stop` lets it write its state first. */
export function attachChain(rpcUrl: string, chainId: number, pid: number) {
  const identity = identify(pid)
  const rpc = createRpc(rpcUrl, { timeout: 30_000 })
  const request = async <T = unknown>(method: string, params: unknown[] = []) =>
    (await rpc.call(method, ...params)) as T
  return {
    rpcUrl,
    chainId,
    pid,
    request,
    stop: async () => {
      if (identity) await end(identity, { signal: 'SIGINT', patience: 30_000 })
    },
    ready: async (child: ChildProcess) => {
      const deadline = Date.now() + 60_000
      for (;;) {
        if (child.exitCode !== null || child.signalCode !== null)
          throw new Error('anvil ended while starting')
        const answer = await request<string>('eth_chainId').catch(() => undefined)
        if (answer && Number(answer) === chainId) return
        if (answer) throw new Error(`a chain with id ${Number(answer)} answers at ${rpcUrl}`)
        if (Date.now() > deadline) throw new Error('anvil did not answer within a minute')
        await pause(20)
      }
    },
  }
}
