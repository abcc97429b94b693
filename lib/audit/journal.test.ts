import { beforeAll, expect, it } from 'vitest'
import type { Officer } from '@/lib/auth/officer'
import { withActor, withGate } from '@/lib/db/client'
import { refuse } from '@/lib/errors/refusal'
import { seedPeople } from '@/prisma/seed/people'
import { databaseForThisFile } from '@/test/database'
import { environmentForThisFile } from '@/test/environment'
import { journalReader, signedIn } from '@/test/people'
import { record, refused } from './journal'

environmentForThisFile()
const journal = journalReader(databaseForThisFile())
let officer: Officer
let firm: Officer

beforeAll(async () => {
  await seedPeople({ chainId: 31337 })
  officer = await signedIn('officer')
  firm = await signedIn('northgate-compliance')
})

it('is written by the authority, a firm and the gate, each on its own role', async () => {
  await withActor(officer, (tx) => record(tx, officer, { act: 'prepare:limit', subject: 'O-1', firmId: 3 }))
  await withActor(firm, (tx) => record(tx, firm, { act: 'export:report', subject: 'R-1' }))
  await withGate((tx) => record(tx, null, refused('sign-in', 'unknown', refuse('bad-input', 'No.').refusal)))
  expect((await journal()).map(({ act, person_id }) => [act, person_id])).toEqual([
    ['prepare:limit', officer.personId],
    ['export:report', firm.personId],
    ['refused:sign-in', null],
  ])
})

it('is not written by a firm in another’s name', async () => {
  await expect(
    withActor(firm, (tx) => record(tx, officer, { act: 'sign-out', subject: 'x' })),
  ).rejects.toThrow()
  const event = { act: 'sign-out', subject: 'x', firmId: 2 } as const
  await expect(withActor(firm, (tx) => record(tx, firm, event))).rejects.toThrow()
})

it('has no line of a deed that was undone', async () => {
  await journal()
  const deed = withActor(officer, async (tx) => {
    await record(tx, officer, { act: 'prepare:limit', subject: 'O-2' })
    throw new Error('undone')
  })
  await expect(deed).rejects.toThrow('undone')
  expect(await journal()).toEqual([])
})

it('cuts what is long and takes out what a terminal or JSONB would choke on', async () => {
  await journal()
  const hostile = `a\u0000b\u001b[31m\n\ud800${'x'.repeat(500)}`
  await withActor(officer, (tx) => record(tx, officer, { act: 'rpc', subject: hostile, detail: { hostile } }))
  const [line] = await journal()
  expect(line!.subject).toMatch(/^a b \[31m {2}x+…$/)
  expect(line!.subject).toHaveLength(201)
  expect(line!.detail.hostile).toBe(line!.subject)
})
