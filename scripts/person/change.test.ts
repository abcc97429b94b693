import { beforeAll, expect, test } from 'vitest'
import { findSignedIn, openSession } from '../../lib/auth/session'
import { hashToken } from '../../lib/auth/token'
import { withGate, withOwner } from '../../lib/db/client'
import { findPersonByUsername, upsertPerson } from '../../lib/db/person'
import { seedPeople } from '../../prisma/seed/people'
import { databaseForThisFile } from '../../test/database'
import { environmentForThisFile } from '../../test/environment'
import { journalReader } from '../../test/people'
import { changePerson, describePeople } from './change'

environmentForThisFile()
const journal = journalReader(databaseForThisFile())
beforeAll(() => seedPeople({ chainId: 31337 }))

const find = (username: string) => withGate((tx) => findPersonByUsername(tx, username))
const isIn = async (token: string) =>
  (await withGate((tx) => findSignedIn(tx, hashToken(token)))) !== undefined
const signIn = async (username: string) => {
  const { id } = (await find(username))!
  return withGate((tx) => openSession(tx, id, 'vitest'))
}

test('a disabled person is out at once, nobody else is, and one line says who did it', async () => {
  const [officer, again, approver] = [
    await signIn('officer'),
    await signIn('officer'),
    await signIn('approver'),
  ]
  expect(await changePerson('officer', 'disabled')).toContain('sessions ended: 2')
  expect([await isIn(officer), await isIn(again), await isIn(approver)]).toEqual([false, false, true])
  expect(await changePerson('officer', 'disabled')).toContain('already')
  expect(await journal()).toMatchObject([
    { act: 'disable:person', subject: 'officer', detail: { sessions: 2, operator: expect.any(String) } },
  ])
  expect((await describePeople()).filter((line) => line.includes('disabled'))).toHaveLength(1)
})

test('an enabled person may sign in again; the old sessions stay ended', async () => {
  const old = await signIn('auditor')
  await changePerson('auditor', 'disabled')
  await journal()
  await changePerson('AUDITOR', 'enabled')
  expect((await find('auditor'))?.disabledAt).toBeNull()
  expect(await isIn(old)).toBe(false)
  expect(await isIn(await signIn('auditor'))).toBe(true)
  expect((await journal()).map(({ act }) => act)).toEqual(['enable:person'])
})

test('a name will do if one person has it, and nobody is guessed', async () => {
  const { name, ...rest } = (await find('analyst'))!
  expect(await changePerson(name, 'disabled')).toContain('analyst')
  const { id: _, createdAt: _at, disabledAt: _off, ...twin } = rest
  await withOwner((tx) => upsertPerson(tx, { ...twin, name, username: 'analyst-2' }))
  await expect(changePerson(name, 'enabled')).rejects.toThrow('analyst, analyst-2')
  await expect(changePerson('nobody at all', 'disabled')).rejects.toThrow('nobody called')
})
