import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type FreshDatabase, freshDatabase } from '@/test/postgres'
import { listMigrations, migrate } from './migrate'

let database: FreshDatabase
beforeAll(async () => {
  database = await freshDatabase()
})
afterAll(() => database?.drop())

async function ask(connectionString: string, statement: string) {
  const client = new pg.Client({ connectionString })
  await client.connect()
  try {
    return (await client.query(statement)).rows
  } finally {
    await client.end()
  }
}

test('makes the database, applies all, then finds nothing to do; says when a file was changed since', async () => {
  await database.drop()
  const names = listMigrations().map(({ name }) => name)
  expect(await migrate(database.ownerUrl)).toEqual(names)
  expect(await migrate(database.ownerUrl)).toEqual([])
  const tables = await ask(
    database.ownerUrl,
    `SELECT count(*)::int AS n FROM pg_tables WHERE schemaname = 'public'`,
  )
  expect(tables[0].n).toBeGreaterThan(30)
  await ask(
    database.ownerUrl,
    `UPDATE _prisma_migrations SET checksum = 'x' WHERE migration_name = '${names[0]}'`,
  )
  await expect(migrate(database.ownerUrl)).rejects.toThrow(`Migration ${names[0]} was changed`)
})

test('a refused password is told as such', async () => {
  const wrong = new URL(database.ownerUrl)
  wrong.password = 'wrong'
  await expect(migrate(wrong.toString())).rejects.toThrow('password authentication failed')
})
