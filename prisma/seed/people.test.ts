import { expect, it } from 'vitest'
import { demonstrationPassword, demonstrationPeople } from '@/lib/auth/demonstration'
import { verifyPassword } from '@/lib/auth/password'
import { roles } from '@/lib/auth/permissions'
import { normaliseUsername } from '@/lib/auth/username'
import { withGate, withOwner } from '@/lib/db/client'
import { findPersonByUsername } from '@/lib/db/person'
import { listWallets } from '@/lib/db/wallet'
import { databaseForThisFile } from '@/test/database'
import { foundingOfficers } from './acts'
import { firms } from './firms'
import { seedPeople, walletOf } from './people'

databaseForThisFile()

it('has an account for every role, and two firms', () => {
  const has = (side: string) =>
    new Set(demonstrationPeople.filter((it) => it.side === side).map(({ role }) => role))
  expect(has('authority')).toEqual(new Set(roles.authority))
  expect(has('firm')).toEqual(new Set(roles.firm))
  expect(new Set(demonstrationPeople.map(({ firmId }) => firmId))).toEqual(new Set([null, 1, 2]))
})

it('gives firms the names of the world, and usernames that can be typed', () => {
  for (const { firm, firmId, username } of demonstrationPeople) {
    expect(firm).toBe(firms.find(({ id }) => id === firmId)?.name ?? null)
    expect(normaliseUsername(username)).toBe(username)
  }
})

it('binds the wallets that the role table knows, each to its own person', async () => {
  await seedPeople({ chainId: 31337 })
  for (const { account, person } of foundingOfficers.slice(0, 3)) {
    const owner = demonstrationPeople.find((it) => walletOf(it) === account.toLowerCase())!
    const row = await withGate((tx) => findPersonByUsername(tx, owner.username))
    expect(row?.chainPerson).toBe(person)
    expect(await withGate((tx) => listWallets(tx, 31337, row!.id))).toMatchObject([
      { address: account.toLowerCase() },
    ])
  }
})

it('may be done again: who is there stays who they are', async () => {
  const read = () => withGate((tx) => findPersonByUsername(tx, 'officer'))
  const before = await read()
  await seedPeople({ chainId: 31337 })
  expect(await read()).toEqual(before)
  expect(await withOwner((tx) => tx.person.count())).toBe(demonstrationPeople.length)
  expect(await verifyPassword(demonstrationPassword, before!.passwordHash)).toBe(true)
})
