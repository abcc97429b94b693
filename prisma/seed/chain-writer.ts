import type { Address, Hex } from 'viem'
import { type PrivateKeyAccount, privateKeyToAccount } from 'viem/accounts'

/** A call to send, signed for real with the key of its sender. `mustPass` false: it is expected to be refused. */
export type PlannedCall = { key: Hex; to: Address; data: Hex; mustPass: boolean; gas?: bigint }

const GAS = 1_500_000n
const CALLS_A_BLOCK = 400

/**
 * Writes history on the embedded chain: stops its clock, mines one block at each given time, and checks every receipt
 * against what was expected. Fees are zero, so no account needs ether.
 */
export async function openChainWriter(rpcUrl: string, chainId: number) {
  const signers = new Map<Hex, { account: PrivateKeyAccount; nonce: number }>()

  async function send<T>(calls: { method: string; params: unknown[] }[]): Promise<T[]> {
    const body = calls.map((call, id) => ({ jsonrpc: '2.0', id, ...call }))
    const response = await fetch(rpcUrl, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
    const answers = (await response.json()) as { id: number; result: T; error?: { message: string } }[]
    return answers
      .sort((a, b) => a.id - b.id)
      .map((answer) => {
        if (answer.error) throw new Error(`${calls[answer.id]?.method}: ${answer.error.message}`)
        return answer.result
      })
  }
  const request = async <T>(method: string, ...params: unknown[]) =>
    (await send<T>([{ method, params }]))[0] as T

  async function signer(key: Hex) {
    const known = signers.get(key)
    if (known) return known
    const account = privateKeyToAccount(key)
    const nonce = Number(await request<Hex>('eth_getTransactionCount', account.address, 'latest'))
    const entry = { account, nonce }
    signers.set(key, entry)
    return entry
  }

  async function mineOne(time: number, calls: PlannedCall[]) {
    const raw: Hex[] = []
    for (const { key, to, data, gas = GAS } of calls) {
      const from = await signer(key)
      const fees = { maxFeePerGas: 0n, maxPriorityFeePerGas: 0n }
      raw.push(
        await from.account.signTransaction({
          type: 'eip1559',
          chainId,
          nonce: from.nonce++,
          gas,
          to,
          data,
          ...fees,
        }),
      )
    }
    const hashes = raw.length
      ? await send<Hex>(raw.map((tx) => ({ method: 'eth_sendRawTransaction', params: [tx] })))
      : []
    await request('evm_setNextBlockTimestamp', time)
    await request('evm_mine')
    const receipts = await send<{ status: Hex } | null>(
      hashes.map((hash) => ({ method: 'eth_getTransactionReceipt', params: [hash] })),
    )
    receipts.forEach((receipt, i) => {
      const passed = receipt?.status === '0x1'
      if (receipt && passed === calls[i]?.mustPass) return
      const outcome = receipt ? (passed ? 'passed' : 'was refused') : 'was not mined'
      throw new Error(`World: transaction ${hashes[i]} at ${time} ${outcome}, which the plan did not expect`)
    })
  }

  return {
    request,
    /** Stops the chain's own mining until `resume`. */
    async pause() {
      await request('evm_setIntervalMining', 0)
      await request('evm_setAutomine', false)
    },
    /** Mines the calls at `time` (UNIX seconds), in as many neighbouring blocks as they need; returns the next free second. */
    async mine(time: number, calls: PlannedCall[]): Promise<number> {
      const latest = await request<{ timestamp: Hex }>('eth_getBlockByNumber', 'latest', false)
      let at = Math.max(time, Number(latest.timestamp) + 1)
      for (let i = 0; i === 0 || i < calls.length; i += CALLS_A_BLOCK) {
        await mineOne(at++, calls.slice(i, i + CALLS_A_BLOCK))
      }
      return at
    },
    /** Sets the chain's clock to `now` (UNIX seconds) and lets it mine by itself again. */
    async resume(now: number, blockSeconds: number) {
      await request('evm_setTime', now)
      await request('evm_setIntervalMining', blockSeconds)
    },
  }
}

export type ChainWriter = Awaited<ReturnType<typeof openChainWriter>>
