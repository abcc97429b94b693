import { afterAll, beforeAll, expect, test } from 'vitest'
import { ask } from '@/test/ask'
import { type FreshDatabase, freshDatabase } from '@/test/postgres'
import { assertHumbleRoles, provisionRoles, sides } from './roles'

let database: FreshDatabase
beforeAll(async () => {
  database = await freshDatabase()
})
afterAll(() => database?.drop())

test('the same secret gives the same passwords, also for several at once, and they work', async () => {
  const secret = 'the secret of the tests'
  const [urls, again] = await Promise.all([
    provisionRoles(database.ownerUrl, secret),
    provisionRoles(database.ownerUrl, secret),
  ])
  expect(urls).toEqual(again)
  for (const side of sides) {
    expect(await ask(urls[side], 'SELECT current_user AS me')).toEqual([{ me: `plimsoll_${side}` }])
  }
  expect(new Set(Object.values(urls).map((url) => new URL(url).password)).size).toBe(4)
})

test('the roles may do no more than they should', async () => {
  expect(await assertHumbleRoles(database.urls)).toEqual([])
})

test('an owner, a superuser and another side are told apart from the right role', async () => {
  const { ownerUrl, superUrl, urls } = database
  const problems = await assertHumbleRoles({ authority: ownerUrl, worker: superUrl, firm: urls.authority })
  const said = (side: string) => problems.filter((found) => found.side === side).map(({ problem }) => problem)
  expect(said('authority')).toEqual(
    expect.arrayContaining(['owns tables', 'may make roles', 'owns the database']),
  )
  expect(said('worker')).toEqual(expect.arrayContaining(['is a superuser', 'bypasses row-level security']))
  expect(said('firm')).toEqual(['may act as another side', 'is not the role of this side'])
})

test('no role of the cluster but the superuser may bypass row security', async () => {
  const mighty = await ask(
    database.superUrl,
    `SELECT rolname FROM pg_roles WHERE rolname LIKE 'plimsoll%'
     AND (rolsuper OR rolbypassrls OR (rolname <> 'plimsoll_owner' AND (rolcreaterole OR rolcreatedb)))`,
  )
  expect(mighty).toEqual([])
  const owned = await ask(
    database.superUrl,
    `SELECT DISTINCT tableowner FROM pg_tables WHERE schemaname = 'public'`,
  )
  expect(owned).toEqual([{ tableowner: 'plimsoll_owner' }])
})
