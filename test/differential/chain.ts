import {
  type Abi,
  type Address,
  createWalletClient,
  decodeErrorResult,
  encodeFunctionData,
  type Hex,
  http,
  zeroHash,
} from 'viem'
import { createChainClient } from '@/lib/chain/client'
import { deployLedger } from '@/lib/chain/deploy'
import { identityRegistryAbi } from '@/lib/chain/generated/identity-registry'
import { instrumentAbi } from '@/lib/chain/generated/instrument'
import {
  encodeArguments,
  executeCall,
  kindNumber,
  type OrderAction,
  orderTypedData,
} from '@/lib/chain/orders'
import { noLimit } from '@/lib/compliance/limits'
import type { ModelVerdict } from '@/lib/compliance/model'
import { demonstrationAccount, foundingOfficers, wallets } from '@/prisma/seed/acts'
import { startAnvil } from '../chain'
import { accounts, identities } from './acts'

export type Call = { from: Address; to: Address; data: Hex }
export type Receipt = { transactionHash: Hex; status: Hex; logs: Log[] }
export type Log = { address: Address; topics: [Hex, ...Hex[]]; data: Hex; blockNumber: Hex; logIndex: Hex }

export const lower = (address: string) => address.toLowerCase() as Address
const at = (index: number) => lower(demonstrationAccount(index).address)
export const people = {
  officer: at(wallets.officer),
  approver: at(wallets.approver),
  operator: at(wallets.operator),
  spender: at(wallets.administrator),
  /** The last is of nobody: it is never registered. */
  holders: Array.from({ length: accounts + 1 }, (_, i) =>
    i < accounts ? at(3 + i) : lower(`0x${'5a'.repeat(20)}`),
  ),
  identities: Array.from({ length: identities }, (_, i) =>
    lower(`0x${(0x1d0 + i).toString(16).padStart(40, '0')}`),
  ),
}
/** Who stands behind each registered account, and for whom the firm answers. */
export const identityOf = [0, 0, 1, 2, 2, 3]
export const firmOf = [1, 1, 2, 2]

const officerAccount = demonstrationAccount(wallets.officer)
const gas = '0x2dc6c0'

/** A whole ledger on a chain that mines when it is told to, at the time it is told. */
export async function startLedger() {
  const chain = await startAnvil()
  const client = createChainClient(chain.rpcUrl)
  const limits = { transfer: 1000n, day: 1500n, month: 4000n, balance: 100_000n }
  const deployment = await deployLedger({
    walletClient: createWalletClient({
      account: demonstrationAccount(wallets.administrator),
      transport: http(chain.rpcUrl),
    }),
    publicClient: client,
    officers: foundingOfficers,
    instruments: [
      { name: 'Euro', symbol: 'EUR', decimals: 2, rate: { numerator: 1n, denominator: 1n } },
      { name: 'Pound', symbol: 'GBP', decimals: 2, rate: { numerator: 6n, denominator: 5n } },
    ],
    tiers: [
      { tier: 1, ...limits },
      { tier: 2, transfer: 'none', day: 'none', month: 'none', balance: 'none' },
    ],
  })
  await chain.request('evm_setAutomine', [false])

  /** JSON-RPC, all in one request. */
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

  /** One block at the given time with these transactions, in this order. @returns their receipts, in it too. */
  async function mine(time: bigint, calls: Call[]): Promise<Receipt[]> {
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

  /** What each reverted transaction answered, as a verdict. */
  async function refusals(hashes: Hex[]): Promise<ModelVerdict[]> {
    const traces = await ask<{ output?: Hex }>(
      hashes.map((hash) => ({
        method: 'debug_traceTransaction',
        params: [hash, { tracer: 'callTracer', tracerConfig: { onlyTopCall: true } }],
      })),
    )
    return traces.map(({ output }) => {
      const error = decodeErrorResult({ abi: instrumentAbi as Abi, data: output ?? '0x' })
      if (error.errorName !== 'TransferRefused') throw new Error(`Refused as ${error.errorName}`)
      const [, , , code, module, headroom, subject] = error.args as [
        Address,
        Address,
        bigint,
        number,
        Address,
        bigint,
        Hex,
      ]
      return { code, module: lower(module), headroom, subject }
    })
  }

  let nonce = 0n
  /** An order as it should be: of the officer alone, or with the approver. */
  async function order(action: OrderAction, target: Address, now: bigint, two: boolean): Promise<Call> {
    const drafted = {
      kind: kindNumber(action.kind),
      target,
      arguments: encodeArguments(action),
      reason: zeroHash,
      legalRef: zeroHash,
      proposer: people.officer,
      nonce: ++nonce,
      deadline: now + 86_400n,
    }
    const typed = orderTypedData(chain.chainId, deployment.orders, drafted)
    const signature = two ? await officerAccount.signTypedData(typed as never) : '0x'
    return {
      from: two ? people.approver : people.officer,
      ...executeCall(deployment.orders, drafted, signature),
    }
  }

  const registry = (functionName: 'registerFirm' | 'register', args: never): Call => ({
    from: people.operator,
    to: deployment.registry,
    data: encodeFunctionData({ abi: identityRegistryAbi, functionName, args }),
  })

  return {
    client,
    deployment: {
      ...deployment,
      policy: lower(deployment.policy),
      registry: lower(deployment.registry),
      instruments: deployment.instruments.map((instrument) => ({
        address: lower(instrument.address),
        compliance: lower(instrument.compliance!),
      })),
    },
    limits: { 1: limits, 2: { transfer: noLimit, day: noLimit, month: noLimit, balance: noLimit } },
    ask,
    mine,
    refusals,
    order,
    registry,
    request: chain.request,
    stop: chain.stop,
  }
}

export type TestLedger = Awaited<ReturnType<typeof startLedger>>
