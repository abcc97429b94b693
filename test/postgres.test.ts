import pg from 'pg'
import { expect, test } from 'vitest'
import { freshDatabase } from './postgres'

const ask = async (connectionString: string, statement: string) => {
  const client = new pg.Client({ connectionString })
  await client.connect()
  try {
    return (await client.query(statement)).rows
  } finally {
    await client.end()
  }
}

test('each database is migrated, empty and its own', async () => {
  const [one, other] = await Promise.all([freshDatabase(), freshDatabase()])
  await ask(one.ownerUrl, `INSERT INTO setting (key, value) VALUES ('here', 'true')`)
  expect(await ask(one.ownerUrl, 'SELECT key FROM setting')).toEqual([{ key: 'here' }])
  expect(await ask(other.ownerUrl, 'SELECT key FROM setting')).toEqual([])
  expect(await ask(one.urls.firm, 'SELECT current_user AS me')).toEqual([{ me: 'plimsoll_firm' }])
  await Promise.all([one.drop(), other.drop()])
  await expect(ask(one.ownerUrl, 'SELECT 1')).rejects.toThrow('does not exist')
})
