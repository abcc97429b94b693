import { copyFileSync, existsSync, readdirSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs'
import { createRpc } from '@/lib/chain/rpc'
import type { Book } from './book'
import { attachChain, startChain } from './chain'
import { sameOrFreePort } from './ports'
import { end } from './processes'
import type { StateDirectory } from './state'
import { tell } from './steps'

export const EMBEDDED_CHAIN_ID = 31337
export const BLOCK_SECONDS = 2
const COPY_EVERY = 60_000

export type EmbeddedChain = {
  rpcUrl: string
  pid: number
  origin: 're-used' | 'continued' | 'new'
  stop: () => Promise<void>
}

type Place = { state: StateDirectory; book: Book }

/**
 * Takes over the chain an ended launcher left behind, continues the stored one, or begins a new one at `genesisTime`.
 * anvil rewrites its state file in place, so one killed while writing leaves half a file: then the copy of the last
 * whole one is used, and for the indexer the blocks after it are a reorganisation like any other.
 */
export async function openEmbeddedChain({ state, book }: Place, genesisTime: number): Promise<EmbeddedChain> {
  const orphan = await takeOverOrphan(book)
  if (orphan) return orphan
  const stateFile = state.path('chain', 'state.json')
  const previous = state.path('chain', 'state.previous.json')
  rmSync(state.path('chain', 'cache'), { recursive: true, force: true })
  const port = await sameOrFreePort(book.ports.chain)
  const begin = async () => {
    const fresh = !existsSync(stateFile)
    const chain = await startChain({
      chainId: EMBEDDED_CHAIN_ID,
      port,
      blockTime: BLOCK_SECONDS,
      genesisTime,
      stateFile,
      cacheDir: state.path('chain', 'cache'),
      logFile: state.path('logs', 'chain.log'),
      detached: true,
    })
    book.rememberPort('chain', port)
    book.rememberChild('chain', chain.pid)
    if (!fresh) {
      // It counts on from the genesis time otherwise.
      await chain.request('evm_setTime', [Math.floor(Date.now() / 1000)])
      copyFileSync(stateFile, previous)
    }
    return {
      rpcUrl: chain.rpcUrl,
      pid: chain.pid,
      origin: fresh ? 'new' : 'continued',
      stop: chain.stop,
    } as const
  }
  for (;;) {
    try {
      return await begin()
    } catch (error) {
      if (!existsSync(stateFile) || !isHalfWritten(stateFile)) throw error
      renameSync(stateFile, state.path('chain', 'state.broken.json'))
      if (!existsSync(previous)) continue
      renameSync(previous, stateFile)
      tell('Chain', 'its last state was only half written: going on from the copy before it; the indexer')
      tell('', 'will treat the blocks since as a reorganisation')
    }
  }
}

async function takeOverOrphan(book: Book): Promise<EmbeddedChain | undefined> {
  const identity = book.findChild('chain')
  const port = book.ports.chain
  if (!identity || !port) return undefined
  const rpcUrl = `http://127.0.0.1:${port}`
  const chainId = await createRpc(rpcUrl, { timeout: 3000 })
    .call('eth_chainId')
    .catch(() => undefined)
  if (Number(chainId) === EMBEDDED_CHAIN_ID) {
    const { pid, stop } = attachChain(rpcUrl, EMBEDDED_CHAIN_ID, identity.pid)
    return { rpcUrl, pid, origin: 're-used', stop }
  }
  await end(identity, { signal: 'SIGINT' })
  return undefined
}

function isHalfWritten(file: string): boolean {
  try {
    JSON.parse(readFileSync(file, 'utf8'))
    return false
  } catch {
    return true
  }
}

/** Keeps a copy of the last whole state file. Only of one that has rested: a fresher one may still be written to. */
export function keepCopies(state: StateDirectory, isRunning: () => boolean): { stop: () => void } {
  const stateFile = state.path('chain', 'state.json')
  const draft = state.path('chain', 'state.previous.draft')
  const timer = setInterval(() => {
    const before = statSync(stateFile, { throwIfNoEntry: false })
    if (!before || Date.now() - before.mtimeMs < 2000) return
    copyFileSync(stateFile, draft)
    const unchanged = statSync(stateFile).mtimeMs === before.mtimeMs
    // A dead chain may have died writing, with nobody left to touch the file again.
    if (unchanged && isRunning()) renameSync(draft, state.path('chain', 'state.previous.json'))
  }, COPY_EVERY)
  timer.unref()
  return { stop: () => clearInterval(timer) }
}

/** Throws the embedded chain away, running or not. */
export async function discardEmbeddedChain({ state, book }: Place): Promise<void> {
  const identity = book.findChild('chain')
  if (identity) await end(identity, { signal: 'SIGKILL' })
  book.forgetChild('chain')
  for (const name of readdirSync(state.path('chain'))) {
    rmSync(state.path('chain', name), { recursive: true, force: true })
  }
  for (const name of ['deployment.json', 'ledger.json']) rmSync(state.path(name), { force: true })
}
