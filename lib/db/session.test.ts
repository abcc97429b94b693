import { beforeEach, expect, test } from 'vitest'
import { databaseForThisFile } from '@/test/database'
import { withGate, withOwner } from './client'
import { listPeople, upsertPerson } from './person'
import {
  deleteSessions,
  findSession,
  findSessions,
  insertSession,
  listSessions,
  updateSessionRevoked,
  updateSessionSeen,
  updateSessionsRevoked,
} from './session'

databaseForThisFile()

const id = (n: number) => n.toString(16).padStart(64, '0')
const anna = {
  username: 'anna',
  name: 'Anna Berg',
  side: 'authority',
  role: 'officer',
  firmId: null,
  passwordHash: 'scrypt$1',
  chainPerson: `0x${'a'.repeat(64)}`,
} as const

let personId: string
beforeEach(async () => {
  personId = await withOwner((tx) => upsertPerson(tx, anna))
  await withGate((tx) => tx.session.deleteMany())
})

const open = (n: number, lifetimeMs = 60_000) =>
  withGate((tx) => insertSession(tx, { id: id(n), personId, lifetimeMs, userAgent: 'Firefox' }))

test('a session is found with its person, without the password, and with the time it is', async () => {
  await open(1)
  const session = await withGate((tx) => findSession(tx, id(1)))
  expect(session).toMatchObject({ id: id(1), revokedAt: null, userAgent: 'Firefox' })
  expect(session?.person).toMatchObject({ id: personId, username: 'anna', role: 'officer', firmId: null })
  expect(JSON.stringify(session)).not.toContain('scrypt')
  expect(session!.expiresAt.getTime() - session!.createdAt.getTime()).toBe(60_000)
  expect(session!.now.getTime()).toBeGreaterThanOrEqual(session!.createdAt.getTime())
  expect(await withGate((tx) => findSession(tx, id(2)))).toBeUndefined()
})

test('many are found at once, also those that have ended; who is not there is left out', async () => {
  for (const n of [1, 2, 3]) await open(n)
  await withGate((tx) => updateSessionRevoked(tx, id(2)))
  const found = await withGate((tx) => findSessions(tx, [id(1), id(2), id(9)]))
  const ended = found.map((session) => [session.id, session.revokedAt !== null])
  expect(new Map(ended as [string, boolean][])).toEqual(
    new Map([
      [id(1), false],
      [id(2), true],
    ]),
  )
  expect(await withGate((tx) => findSessions(tx, []))).toEqual([])
})

test('it is revoked once, and one that has expired not at all', async () => {
  await open(1)
  await open(2, 1)
  expect(await withGate((tx) => updateSessionRevoked(tx, id(1)))).toBe(true)
  expect(await withGate((tx) => updateSessionRevoked(tx, id(1)))).toBe(false)
  expect(await withGate((tx) => updateSessionRevoked(tx, id(2)))).toBe(false)
  expect((await withGate((tx) => findSession(tx, id(1))))?.revokedAt).toBeInstanceOf(Date)
})

test('a list has the live ones, last seen first; what ended can be cleared away', async () => {
  for (const n of [1, 2, 3]) await open(n)
  await withGate((tx) => updateSessionSeen(tx, id(2)))
  await withGate((tx) => updateSessionRevoked(tx, id(3)))
  expect((await withGate((tx) => listSessions(tx, personId))).map((session) => session.id)).toEqual([
    id(2),
    id(1),
  ])
  expect(await withGate((tx) => deleteSessions(tx, { endedBefore: new Date(Date.now() + 1_000) }))).toBe(1)
  expect(await withGate((tx) => updateSessionsRevoked(tx, personId))).toBe(2)
})

test('who exists keeps id and password when seeded again; the gate can make nobody', async () => {
  const again = await withOwner((tx) => upsertPerson(tx, { ...anna, name: 'Anna B.', passwordHash: 'other' }))
  expect(again).toBe(personId)
  const [row] = await withGate((tx) => tx.person.findMany())
  expect(row).toMatchObject({ name: 'Anna B.', passwordHash: 'scrypt$1' })
  await expect(withGate((tx) => upsertPerson(tx, { ...anna, username: 'eve' }))).rejects.toThrow('denied')
  expect(await withOwner(listPeople)).toHaveLength(1)
})
