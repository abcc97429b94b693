import { expect, test } from 'vitest'
import { databaseForThisFile } from '@/test/database'
import { deleteAttempts, insertAttempt, listAttempts, lockAttempts } from './attempt'
import { withGate } from './client'
import { deleteSiweNonce, insertSiweNonce } from './siwe-nonce'

databaseForThisFile()

const hour = 3_600_000

test('tries of a key within the window are listed oldest first, and struck off by id or key', async () => {
  const ids: bigint[] = []
  for (let i = 0; i < 3; i++) ids.push(await withGate((tx) => insertAttempt(tx, 'sign-in:anna')))
  await withGate((tx) => insertAttempt(tx, 'sign-in:other'))
  const list = () => withGate((tx) => listAttempts(tx, 'sign-in:anna', hour))
  const { now, times } = await list()
  expect(times).toHaveLength(3)
  expect(times).toEqual([...times].sort((a, b) => a.getTime() - b.getTime()))
  expect(now.getTime()).toBeGreaterThanOrEqual(times[2]!.getTime())
  expect(await withGate((tx) => deleteAttempts(tx, { id: ids[0]! }))).toBe(1)
  expect((await list()).times).toHaveLength(2)
  expect(await withGate((tx) => deleteAttempts(tx, { key: 'sign-in:anna' }))).toBe(2)
  expect(await withGate((tx) => deleteAttempts(tx, { before: new Date(Date.now() + hour) }))).toBe(1)
})

test('under the lock, twenty at once are counted one after another', async () => {
  const admit = () =>
    withGate(async (tx) => {
      await lockAttempts(tx, 'key')
      const { times } = await listAttempts(tx, 'key', hour)
      await insertAttempt(tx, 'key')
      return times.length
    })
  const counted = await Promise.all(Array.from({ length: 20 }, admit))
  expect(counted.sort((a, b) => a - b)).toEqual(Array.from({ length: 20 }, (_, i) => i))
})

test('a nonce is taken once, by its session, with its times exact', async () => {
  const made = await withGate((tx) =>
    insertSiweNonce(tx, { nonce: 'n1', sessionId: 's1', lifetimeMs: 60_000 }),
  )
  expect(made.expiresAt.getTime() - made.now.getTime()).toBe(60_000)
  expect(await withGate((tx) => deleteSiweNonce(tx, 'n1', 's2'))).toBeUndefined()
  const taken = await withGate((tx) => deleteSiweNonce(tx, 'n1', 's1'))
  expect(taken?.expiresAt).toEqual(made.expiresAt)
  expect(await withGate((tx) => deleteSiweNonce(tx, 'n1', 's1'))).toBeUndefined()
})
