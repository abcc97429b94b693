import { expect, it } from 'vitest'
import { databaseForThisFile } from '@/test/database'
import { journalReader } from '@/test/people'
import { bodyLimit } from './front-door'
import { journalTooLarge } from './journal-too-large'

const journal = journalReader(databaseForThisFile())

it('writes one line a request, and not more than a flood may', async () => {
  const start = 1_800_000_000_000
  await journalTooLarge('/account', bodyLimit + 1, start)
  expect(await journal()).toMatchObject([
    {
      act: 'refused:request',
      subject: 'unknown',
      detail: { code: 'too-large', path: '/account', bytes: bodyLimit + 1, limit: bodyLimit },
    },
  ])
  for (let i = 0; i < 200; i++) await journalTooLarge('/account', bodyLimit + 1, start)
  expect(await journal()).toHaveLength(59)
  await journalTooLarge('/account', bodyLimit + 1, start + 1000)
  expect(await journal()).toHaveLength(1)
})
