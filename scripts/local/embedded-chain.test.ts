import { mkdtempSync, rmSync, statSync, truncateSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { createRpc } from '@/lib/chain/rpc'
import { openBook } from './book'
import { discardEmbeddedChain, type EmbeddedChain, openEmbeddedChain } from './embedded-chain'
import { takeLock } from './lock'
import { openState } from './state'

const genesisTime = Math.floor(Date.now() / 1000) - 86_400
let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'plimsoll-chain-'))
})
afterEach(async () => {
  const state = openState(folder)
  await discardEmbeddedChain({ state, book: openBook(state) })
  rmSync(folder, { recursive: true })
})

const open = () => {
  const state = openState(folder)
  return openEmbeddedChain({ state, book: openBook(state) }, genesisTime)
}

async function hashOf({ rpcUrl }: EmbeddedChain, number: string) {
  const block = (await createRpc(rpcUrl).call('eth_getBlockByNumber', number, false)) as {
    hash: string
  } | null
  return block?.hash
}
const mine = ({ rpcUrl }: EmbeddedChain) => createRpc(rpcUrl).call('anvil_mine', '0x5')

it('goes on with the same blocks, genesis included, each time it is started', async () => {
  let chain = await open()
  expect(chain.origin).toBe('new')
  const genesis = await hashOf(chain, '0x0')
  await mine(chain)
  const fifth = await hashOf(chain, '0x5')
  for (let start = 0; start < 3; start++) {
    await chain.stop()
    chain = await open()
    expect(chain.origin).toBe('continued')
    expect([await hashOf(chain, '0x0'), await hashOf(chain, '0x5')]).toEqual([genesis, fifth])
  }
})

it('takes over the one that an ended launcher left running', async () => {
  const first = await open()
  const second = await open()
  expect(second).toMatchObject({ origin: 're-used', pid: first.pid, rpcUrl: first.rpcUrl })
})

it('goes back to the copy before when the state file is half written', async () => {
  vi.spyOn(console, 'log').mockImplementation(() => {})
  const first = await open()
  await mine(first)
  const fifth = await hashOf(first, '0x5')
  await first.stop()
  await (await open()).stop() // Starting from a whole file keeps a copy of it.
  const file = join(folder, 'chain', 'state.json')
  truncateSync(file, Math.floor(statSync(file).size / 2))
  const chain = await open()
  expect(await hashOf(chain, '0x5')).toBe(fifth)
})

it('lets one launcher at a time have a state directory, and a dead one none', () => {
  const state = openState(folder)
  const mine = takeLock(state)
  expect(takeLock(state)).toEqual({ heldBy: process.pid })
  if ('release' in mine) mine.release()
  expect(takeLock(state)).toHaveProperty('release')
})
