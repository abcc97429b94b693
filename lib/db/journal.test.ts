import { expect, test } from 'vitest'
import { mintOfficer } from '@/lib/auth/officer'
import { waitUntil } from '@/scripts/local/wait'
import { databaseForThisFile } from '@/test/database'
import { withActor, withGate, withWorker, workerPool } from './client'
import {
  countJournalEntries,
  insertJournalEntry,
  listJournalEntries,
  listJournalEntriesAfter,
} from './journal'

databaseForThisFile()

const personId = '00000000-0000-7000-8000-000000000001'
const auditor = mintOfficer({
  personId,
  sessionId: 'none',
  username: 'ada',
  name: 'Ada',
  side: 'authority',
  role: 'auditor',
  firmId: null,
  chainPerson: `0x${'1'.repeat(64)}`,
})
const line = (act: string, subject = '') => ({
  personId,
  firmId: null,
  act,
  subject,
  detail: { n: 1, hard: '"\\\n' },
})

test('lines are read back newest first, by act, a beginning of it, and place', async () => {
  for (const act of ['sign-in', 'prepare:kyc', 'refused:prepare:kyc']) {
    await withGate((tx) => insertJournalEntry(tx, line(act, 'O-1')))
  }
  const read = (filter: Omit<Parameters<typeof listJournalEntries>[1], 'take'>) =>
    withActor(auditor, (tx) => listJournalEntries(tx, { ...filter, take: 10 }))
  const all = await read({})
  expect(all.map(({ act }) => act)).toEqual(['refused:prepare:kyc', 'prepare:kyc', 'sign-in'])
  expect(all[0]).toMatchObject({ personId, subject: 'O-1', detail: { n: 1, hard: '"\\\n' } })
  expect((await read({ act: 'refused:' })).map(({ act }) => act)).toEqual(['refused:prepare:kyc'])
  expect(await read({ before: all[1]!.seq })).toHaveLength(1)
  expect(await read({ to: all[2]!.at })).toHaveLength(0)
  expect(await withWorker((tx) => listJournalEntriesAfter(tx, all[2]!.seq, 10))).toHaveLength(2)
  expect(await withActor(auditor, countJournalEntries)).toBe(3)
})

test('a line never appears before one that could be read already', async () => {
  const last = (await withWorker((tx) => listJournalEntriesAfter(tx, 0n, 100))).at(-1)?.seq ?? 0n
  const after = () => withWorker((tx) => listJournalEntriesAfter(tx, last, 100))
  const begun = signal()
  const end = signal()
  const first = withGate(async (tx) => {
    await insertJournalEntry(tx, line('sign-in', 'first'))
    begun.send()
    await end.sent
  })
  await begun.sent
  let committed = false
  const second = withGate((tx) => insertJournalEntry(tx, line('sign-in', 'second'))).then(() => {
    committed = true
  })
  await waitUntil(async () => committed || (await isSomebodyWaiting()), { seconds: 10 })
  expect(await after()).toEqual([])
  end.send()
  await Promise.all([first, second])
  expect((await after()).map(({ subject }) => subject)).toEqual(['first', 'second'])
})

const isSomebodyWaiting = async () =>
  (await workerPool().query(`SELECT FROM pg_locks WHERE locktype = 'advisory' AND NOT granted`)).rowCount ===
  1

function signal() {
  let send = () => {}
  const sent = new Promise<void>((resolve) => {
    send = resolve
  })
  return { sent, send: () => send() }
}
