import { numberToHex } from 'viem'
import { refusal } from '../emitted-ledger'
import { type FaultProxy, startFaultProxy } from '../fault-proxy'
import { type RpcAnswer, startRpcServer } from '../rpc-server'
import { chainId, type Tip } from './history'

/** How a node can tell what a reverted call returned. */
export type Replays = 'trace' | 'call' | 'neither'

export type SimulatedNode = Awaited<ReturnType<typeof startNode>>

/** A node that tells one branch over HTTP, behind a proxy that lies and fails when told to. Lives for many seeds. */
export async function startNode() {
  let branch: Tip[] = []
  let replays: Replays = 'trace'
  let finalLag = 0
  let patience = 0
  let surprise: (() => void) | undefined

  const find = (tag: unknown): Tip | undefined => {
    if (tag === 'latest') return branch.at(-1)
    if (tag === 'finalized') return branch[Math.max(0, branch.length - 1 - finalLag)]
    return branch[Number(tag)]
  }

  function answer(method: string, [first, second]: unknown[]): RpcAnswer {
    if (surprise && patience-- <= 0) {
      const happen = surprise
      surprise = undefined
      happen()
    }
    switch (method) {
      case 'eth_chainId':
        return { result: numberToHex(chainId) }
      case 'web3_clientVersion':
        return { result: 'simulated/1' }
      case 'eth_getCode':
        return { result: '0x' }
      case 'eth_getBlockByNumber': {
        const block = find(first)?.block
        if (!block || second === true) return { result: block ?? null }
        return { result: { ...block, transactions: block.transactions.map(({ hash }) => hash) } }
      }
      case 'eth_getBlockReceipts':
        return { result: find(first)?.receipts ?? null }
      case 'debug_traceTransaction':
        if (replays !== 'trace') break
        return { result: { error: 'execution reverted', output: refusal } }
      case 'eth_call':
        if (replays !== 'call') break
        return { error: { code: 3, message: 'execution reverted', data: refusal } }
    }
    return { error: { code: -32601, message: `${method} is not available` } }
  }

  const server = await startRpcServer(answer)
  const proxy: FaultProxy = await startFaultProxy(server.rpcUrl, { keep: false })
  return {
    proxy,
    /** Tells this branch from now on. */
    show(tip: Tip): void {
      branch = []
      for (let at: Tip | null = tip; at; at = at.parent) branch.push(at)
      branch.reverse()
    },
    head: (): Tip => branch.at(-1)!,
    configure(how: { replays: Replays; finalLag: number }): void {
      replays = how.replays
      finalLag = how.finalLag
      surprise = undefined
    },
    /** Something happens to it after so many more calls, in the midst of whatever is asked. */
    after(calls: number, happen: (() => void) | undefined): void {
      patience = calls
      surprise = happen
    },
    /** As it is, past the proxy. */
    honestUrl: server.rpcUrl,
    async stop(): Promise<void> {
      await proxy.stop()
      await server.stop()
    },
  }
}
