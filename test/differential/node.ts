import { type Abi, type Address, decodeErrorResult, type Hex } from 'viem'
import { countryRulesAbi } from '@/lib/chain/generated/country-rules'
import { holderCapAbi } from '@/lib/chain/generated/holder-cap'
import { identityRegistryAbi } from '@/lib/chain/generated/identity-registry'
import { instrumentAbi } from '@/lib/chain/generated/instrument'
import { limitPolicyAbi } from '@/lib/chain/generated/limit-policy'
import { ordersAbi } from '@/lib/chain/generated/orders'
import { preapprovalAbi } from '@/lib/chain/generated/preapproval'
import type { ModelVerdict } from '@/lib/compliance/facts'
import { startAnvil } from '../chain'
import { lower } from './people'

export type Call = { from: Address; to: Address; data: Hex }
export type Receipt = { transactionHash: Hex; status: Hex }

/** What came of an act: a verdict, or an error by its name; undefined or the code 0 where it was done. */
export type Outcome = ModelVerdict | string | undefined
export const isDone = (outcome: Outcome) =>
  outcome === undefined || (typeof outcome === 'object' && outcome.code === 0)

const gas = '0x4c4b40'
const errors = [
  ...[instrumentAbi, ordersAbi, identityRegistryAbi, limitPolicyAbi],
  ...[countryRulesAbi, holderCapAbi, preapprovalAbi],
].flatMap((abi) => (abi as Abi).filter(({ type }) => type === 'error'))

/** A chain that mines when it is told to, at the time it is told; questions go in one request. */
export async function startNode() {
  const chain = await startAnvil()

  async function ask<T>(calls: { method: string; params: unknown[] }[]): Promise<T[]> {
    if (calls.length === 0) return []
    const body = calls.map((call, id) => ({ jsonrpc: '2.0', id, ...call }))
    const answer = await fetch(chain.rpcUrl, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
    const results = (await answer.json()) as { id: number; result?: T; error?: { message: string } }[]
    return results
      .toSorted((a, b) => a.id - b.id)
      .map(({ result, error }) => {
        if (error) throw new Error(error.message)
        return result as T
      })
  }

  const read = (calls: readonly Omit<Call, 'from'>[]) =>
    ask<Hex>(calls.map((call) => ({ method: 'eth_call', params: [call, 'latest'] })))

  /** One block at the given time with these transactions, in this order. @returns their receipts, in it too. */
  async function mine(time: bigint, calls: readonly Call[]): Promise<Receipt[]> {
    const hashes = await ask<Hex>(
      calls.map(({ from, to, data }) => ({
        method: 'eth_sendTransaction',
        params: [{ from, to, data, gas, gasPrice: '0x0' }],
      })),
    )
    await chain.request('evm_setNextBlockTimestamp', [Number(time)])
    await chain.request('evm_mine')
    return ask<Receipt>(hashes.map((hash) => ({ method: 'eth_getTransactionReceipt', params: [hash] })))
  }

  /** What each reverted transaction answered. */
  async function refusals(hashes: readonly Hex[]): Promise<Outcome[]> {
    const traces = await ask<{ output?: Hex }>(
      hashes.map((hash) => ({
        method: 'debug_traceTransaction',
        params: [hash, { tracer: 'callTracer', tracerConfig: { onlyTopCall: true } }],
      })),
    )
    return traces.map(({ output }) => outcomeOf(output ?? '0x'))
  }

  return { ...chain, ask, read, mine, refusals }
}

function outcomeOf(output: Hex): Outcome {
  const error = decodeErrorResult({ abi: errors, data: output })
  if (error.errorName !== 'TransferRefused') return error.errorName
  const [, , , code, module, headroom, subject] = error.args as unknown as [
    ...[Address, Address, bigint],
    ...[number, Address, bigint, Hex],
  ]
  return { code, module: lower(module), headroom, subject }
}
