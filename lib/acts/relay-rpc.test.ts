import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { encodeFunctionData, type Hex, parseAbi } from 'viem'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Officer } from '@/lib/auth/officer'
import { demonstrationAccount } from '@/prisma/seed/acts'
import { seedPeople } from '@/prisma/seed/people'
import { startAnvil, type TestChain } from '@/test/chain'
import { databaseForThisFile } from '@/test/database'
import { environmentForThisFile, nowhere, setEnvironment } from '@/test/environment'
import { journalReader, signedIn } from '@/test/people'
import { relayRpc } from './relay-rpc'
import type { RpcReply } from './rpc.schema'

environmentForThisFile()
const journal = journalReader(databaseForThisFile())
let chain: TestChain
let officer: Officer
let asked: { id: number; method: string }[] = []
let spy: Server

/** Between the relay and the node: notes what was asked, and can answer as a node in trouble would. */
let trouble: ((body: string) => string) | undefined

beforeAll(async () => {
  chain = await startAnvil()
  spy = createServer(async (request, response) => {
    let body = ''
    for await (const chunk of request) body += chunk
    asked.push(...[JSON.parse(body)].flat())
    const headers = { 'content-type': 'application/json' }
    const answer =
      trouble?.(body) ?? (await (await fetch(chain.rpcUrl, { method: 'POST', body, headers })).text())
    response.end(answer)
  })
  await new Promise<void>((resolve) => spy.listen(0, '127.0.0.1', resolve))
  setEnvironment({ RPC_URL: `http://127.0.0.1:${(spy.address() as AddressInfo).port}` })
  await seedPeople({ chainId: 31337 })
})

beforeEach(async () => {
  officer = await signedIn('officer')
  asked = []
  trouble = undefined
  await journal()
})

afterAll(async () => {
  spy.close()
  await chain.stop()
})

const call = (method: string, params: unknown[] = [], id: number | string = 1) => ({
  jsonrpc: '2.0',
  id,
  method,
  params,
})
const relay = async (body: unknown, who = officer) => {
  const result = await relayRpc(who, body)
  if (!result.ok) throw new Error(result.refusal.code)
  return result.value as RpcReply & { result: unknown; error: { code: number; data: unknown } }
}

describe('the relay', () => {
  it('answers what the node answers, under the id of the question', async () => {
    expect(await relay(call('eth_chainId', [], 'abc'))).toEqual({
      jsonrpc: '2.0',
      id: 'abc',
      result: '0x7a69',
    })
  })

  it('answers a batch in its order and passes on only what is allowed', async () => {
    const replies = await relay([
      call('eth_chainId', [], 3),
      call('anvil_setBalance', ['0x0', '0x1'], 2),
      call('eth_blockNumber', [], 1),
    ])
    expect(replies).toMatchObject([
      { id: 3, result: '0x7a69' },
      { id: 2, error: { code: -32601 } },
      { id: 1, result: '0x0' },
    ])
    expect(asked.map(({ method }) => method)).toEqual(['eth_chainId', 'eth_blockNumber'])
    expect(await journal()).toMatchObject([
      { act: 'refused:rpc', detail: { code: 'method-not-allowed', method: 'anvil_setBalance' } },
    ])
  })

  it('asks the node nothing if nothing is allowed', async () => {
    await relay([call('eth_sign'), call('eth_accounts')])
    expect(asked).toEqual([])
  })

  it('keeps what a contract reverted with', async () => {
    // PUSH4 0xdeadbeef, MSTORE, REVERT(28, 4): a contract whose every call reverts with these four bytes.
    const code = '0x63deadbeef6000526004601cfd'
    const to = `0x${'77'.repeat(20)}`
    await chain.request('anvil_setCode', [to, code])
    const reply = await relay(call('eth_call', [{ to, data: '0x' }, 'latest']))
    expect(reply.error).toMatchObject({ code: 3, data: '0xdeadbeef' })
  })

  it.each([
    ['no JSON', () => '<html>bad gateway</html>'],
    ['half of an answer', () => '{"jsonrpc":"2.0","id":1,"res'],
    ['the answer to another question', () => '{"jsonrpc":"2.0","id":999999999,"result":"0x1"}'],
    ['neither result nor error', (body: string) => `{"jsonrpc":"2.0","id":${JSON.parse(body).id}}`],
  ])('says that the chain does not answer when the node sends %s', async (_name, answer) => {
    trouble = answer
    expect(await relayRpc(officer, call('eth_chainId'))).toMatchObject({
      refusal: { code: 'chain-unreachable' },
    })
  })

  it('gives a firm and a role that signs nothing no line at all', async () => {
    for (const username of ['northgate-compliance', 'analyst', 'administrator']) {
      const other = await signedIn(username)
      expect(await relayRpc(other, call('eth_call'))).toMatchObject({ refusal: { code: 'not-permitted' } })
    }
    expect(asked).toEqual([])
    expect(await journal()).toHaveLength(3)
  })

  it('stops a person who asks too fast, and nobody else', async () => {
    const batch = Array(20).fill(call('eth_chainId'))
    const refusals = []
    for (let i = 0; i < 15; i++) refusals.push(await relayRpc(await signedIn('approver'), batch))
    expect(refusals.some((result) => !result.ok && result.refusal.code === 'too-many-requests')).toBe(true)
    expect(await relayRpc(officer, call('eth_chainId'))).toMatchObject({ ok: true })
  })
})

describe('a signed transaction', () => {
  const abi = parseAbi(['function anything()'])
  const data = encodeFunctionData({ abi })
  type Wishes = { index?: number; to?: Hex | null; chainId?: number; type?: 'legacy' | 'eip1559' }
  const sign = async ({ index = 1, to = nowhere.orders, chainId = 31337, type = 'eip1559' }: Wishes = {}) => {
    const account = demonstrationAccount(index)
    const nonce = Number(await chain.request('eth_getTransactionCount', [account.address, 'latest']))
    const fees = type === 'legacy' ? { gasPrice: 0n } : { maxFeePerGas: 0n, maxPriorityFeePerGas: 0n }
    return account.signTransaction({ to, data, nonce, gas: 100_000n, chainId, type, ...fees } as never)
  }
  const send = async (...params: unknown[]) => relay(call('eth_sendRawTransaction', params))

  it.each(['legacy', 'eip1559'] as const)(
    'of the bound wallet to the orders is passed on (%s)',
    async (type) => {
      const { result } = await send(await sign({ type }))
      expect(result).toMatch(/^0x[0-9a-f]{64}$/)
    },
  )

  it.each([
    ['of another officer’s wallet', () => sign({ index: 2 }), 'wrong-wallet'],
    ['of a wallet nobody bound', () => sign({ index: 7 }), 'wrong-wallet'],
    ['to another contract', () => sign({ to: `0x${'99'.repeat(20)}` }), 'not-permitted'],
    ['that makes a contract', () => sign({ to: null }), 'not-permitted'],
    ['for another chain', () => sign({ chainId: 1 }), 'bad-input'],
    ['that is torn', async () => (await sign()).slice(0, -20), 'bad-input'],
    ['that is none', async () => '0x00', 'bad-input'],
    ['that is no text', async () => ({ to: nowhere.orders }), 'bad-input'],
  ])('%s is not passed on', async (_name, transaction, code) => {
    const { error } = await send(await transaction())
    expect(error.data).toEqual({ refusal: code })
    expect(asked.filter(({ method }) => method === 'eth_sendRawTransaction')).toEqual([])
    expect(await journal()).toMatchObject([{ act: 'refused:rpc', detail: { code } }])
  })
})
