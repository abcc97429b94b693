import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { databaseForThisFile } from '@/test/database'
import { environmentForThisFile, setEnvironment } from '@/test/environment'
import { startRpcServer } from '@/test/rpc-server'
import { getReadiness } from './readiness'

environmentForThisFile()
databaseForThisFile()
let node: Awaited<ReturnType<typeof startRpcServer>>
let asked = 0
let chainId = '0x7a69'

beforeAll(async () => {
  node = await startRpcServer((method) => {
    if (method === 'eth_chainId') asked++
    return { result: method === 'eth_chainId' ? chainId : '0x1' }
  })
  setEnvironment({ RPC_URL: node.rpcUrl })
})
afterAll(() => node?.stop())

test('is found out once for all who ask within a second, and afresh after it', async () => {
  const answers = await Promise.all(Array.from({ length: 50 }, () => getReadiness()))
  expect(answers.every(({ ok }) => ok)).toBe(true)
  chainId = '0x1'
  expect(await getReadiness()).toMatchObject({ ok: true })
  expect(asked).toBe(1)
  await vi.waitFor(async () => expect((await getReadiness()).reasons).toEqual(['The node serves chain 1.']), {
    timeout: 5000,
    interval: 100,
  })
  expect(asked).toBe(2)
})
