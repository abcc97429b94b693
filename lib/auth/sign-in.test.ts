import pg from 'pg'
import { beforeAll, beforeEach, expect, it } from 'vitest'
import { demonstrationPassword as password, seedPeople } from '@/prisma/seed/people'
import { databaseForThisFile } from '@/test/database'
import { environmentForThisFile } from '@/test/environment'
import { journalReader } from '@/test/people'
import { deleteAttempts, insertAttempt } from '../db/attempt'
import { withGate } from '../db/client'
import { signIn } from './sign-in'

environmentForThisFile()
const database = databaseForThisFile()
const journal = journalReader(database)
beforeAll(() => seedPeople({ chainId: 31337 }))
beforeEach(async () => {
  await withGate((tx) => deleteAttempts(tx, { before: new Date(Date.now() + 1000) }))
  await journal()
})

const attempt = (username: string, word: string, client = '203.0.113.1') =>
  signIn({ username, password: word, client, userAgent: 'vitest', presentedToken: undefined })
const throttled = { ok: false, refusal: { code: 'too-many-requests' } }

it('writes one line when a username is closed, whatever comes after it', async () => {
  for (let i = 0; i < 5; i++) await attempt('analyst', 'wrong')
  expect(await journal()).toHaveLength(5)
  for (const result of await Promise.all(Array.from({ length: 20 }, () => attempt('analyst', password))))
    expect(result).toMatchObject(throttled)
  expect(await journal()).toMatchObject([
    {
      act: 'refused:sign-in',
      subject: 'analyst',
      detail: { code: 'too-many-requests', standsFor: 'every try until it opens again' },
    },
  ])
})

it('writes another when it is closed again', async () => {
  for (let i = 0; i < 7; i++) await attempt('analyst', 'wrong')
  await journal()
  await age('31 seconds')
  for (let i = 0; i < 4; i++) await attempt('analyst', 'wrong')
  const codes = (await journal()).map(({ detail }) => detail.code)
  expect(codes).toEqual(['not-permitted', 'too-many-requests'])
})

it('writes one line for a client, whatever usernames it goes on with', async () => {
  await withGate(async (tx) => {
    for (let i = 0; i < 29; i++) await insertAttempt(tx, 'sign-in:client:203.0.113.1')
  })
  for (let i = 0; i < 20; i++) await attempt(`guess-${i}`, 'wrong')
  const codes = (await journal()).map(({ detail }) => detail.code)
  expect(codes).toEqual(['not-permitted', 'too-many-requests'])
})

/** As if all tries so far had been made earlier. */
async function age(by: string) {
  const client = new pg.Client({ connectionString: database.superUrl })
  await client.connect()
  await client.query(`UPDATE attempt SET at = at - interval '${by}'`)
  await client.end()
}
