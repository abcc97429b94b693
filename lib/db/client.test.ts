import pg from 'pg'
import { beforeAll, describe, expect, test, vi } from 'vitest'
import { mintOfficer, type Officer } from '@/lib/auth/officer'
import { recordStatements } from '@/test/bench/web-record'
import { databaseForThisFile } from '@/test/database'
import { insertSampleRows } from '@/test/sample-rows'
import {
  askGate,
  connectDatabase,
  type Tx,
  withActor,
  withGate,
  withSnapshot,
  withWorker,
  workerPool,
} from './client'
import type { PrismaClient } from './generated/client'

// One connection a side: whoever comes next gets the very one that somebody else used before.
const database = databaseForThisFile({ poolSize: 1 })

beforeAll(async () => {
  const root = new pg.Client({ connectionString: database.superUrl })
  await root.connect()
  await insertSampleRows(root, 1)
  await insertSampleRows(root, 2)
  await root.end()
})

const person = (n: number) => ({
  personId: `00000000-0000-7000-8000-00000000000${n}`,
  sessionId: 'none',
  username: `person-${n}`,
  name: `Person ${n}`,
  chainPerson: `0x${'0'.repeat(63)}${n}` as const,
})
const ofFirm = (firmId: number): Officer =>
  mintOfficer({ ...person(firmId), side: 'firm', role: 'viewer', firmId })
const analyst = mintOfficer({ ...person(9), side: 'authority', role: 'analyst', firmId: null })

const readFirms = async (tx: Tx) => (await tx.balance.findMany()).map(({ firmId }) => firmId).sort()
const readSettings = async (tx: Tx) => {
  const [row] = await tx.$queryRaw<{ set: string }[]>`
    SELECT concat(current_setting('app.person_id', true), current_setting('app.role', true),
      current_setting('app.firm_id', true)) AS set`
  return row?.set
}

/** One transaction on the firm's own connection, past withActor, which does not offer that. */
const asNobody = <T>(work: (tx: Tx) => Promise<T>): Promise<T> => {
  const place = globalThis as unknown as Record<symbol, Map<string, { prisma: PrismaClient }>>
  return place[Symbol.for('plimsoll.database')]!.get('firm')!.prisma.$transaction(work)
}
const leftover = () => asNobody(readSettings)

describe('withActor', () => {
  test('a query with no actor finds nothing', async () => {
    expect(await asNobody(readFirms)).toEqual([])
  })

  test('two firms and the authority, interleaved on one connection a side, see their own', async () => {
    const asked = Array.from({ length: 30 }, (_, i) => [ofFirm(1), ofFirm(2), analyst][i % 3]!)
    const seen = await Promise.all(asked.map((officer) => withActor(officer, readFirms)))
    for (const [i, officer] of asked.entries()) {
      expect(seen[i]).toEqual(officer.firmId === null ? [1, 2] : [officer.firmId])
    }
    expect(await leftover()).toBe('')
  })

  test('an error inside leaves neither a row nor a setting', async () => {
    const failing = withActor(ofFirm(1), async (tx) => {
      expect(await readSettings(tx)).toContain('viewer1')
      await tx.$executeRaw`SELECT 1 / 0`
    })
    await expect(failing).rejects.toThrow('division by zero')
    const thrown = withActor(ofFirm(1), async () => {
      throw new Error('ours')
    })
    await expect(thrown).rejects.toThrow('ours')
    expect(await leftover()).toBe('')
    expect(await withActor(ofFirm(2), readFirms)).toEqual([2])
  })

  test('a statement that takes too long leaves no setting either', async () => {
    const slow = withActor(ofFirm(1), async (tx) => {
      await tx.$executeRaw`SET LOCAL statement_timeout = 50`
      await tx.$queryRaw`SELECT pg_sleep(5)::text`
    })
    await expect(slow).rejects.toThrow('statement timeout')
    expect(await leftover()).toBe('')
  })

  test('what the gate is asked in the middle of it is asked as nobody', async () => {
    const [own, gate] = await withActor(ofFirm(1), async (tx) => [
      await readSettings(tx),
      await withGate(readSettings),
    ])
    expect([own, gate]).toEqual([`${person(1).personId}viewer1`, ''])
  })

  test('is the same from another copy of this module, as a bundle has several', async () => {
    vi.resetModules()
    const copy = await import('./client')
    expect(copy.withActor).not.toBe(withActor)
    expect(await copy.withActor(ofFirm(1), readFirms)).toEqual([1])
  })

  test('begins, and says who is asking, in one statement', async () => {
    await withSnapshot(analyst, readFirms)
    const asked = await recordStatements(() => withSnapshot(analyst, readFirms))
    const first = asked.map(({ text }) => text.split(' ')[0])
    expect(first).toEqual(['BEGIN', 'SELECT', 'COMMIT'])
  })

  test('cannot be talked into another firm by a value', async () => {
    const officer = {
      ...ofFirm(1),
      firmId: "1', true); SELECT set_config('app.firm_id', '2" as unknown as number,
    }
    await expect(withActor(officer as Officer, readFirms)).rejects.toThrow('invalid input syntax')
  })
})

describe('withSnapshot', () => {
  test('reads one moment and writes nothing', async () => {
    const counts = await withSnapshot(analyst, async (tx) => {
      const before = await tx.balance.count()
      await workerPool().query(
        `INSERT INTO balance (chain_id, instrument, account, firm_id, amount, block_number)
         SELECT chain_id, instrument, '0x' || repeat('e', 40), firm_id, amount, block_number FROM balance LIMIT 1`,
      )
      return [before, await tx.balance.count()]
    })
    expect(counts).toEqual([2, 2])
    expect(await withSnapshot(analyst, (tx) => tx.balance.count())).toBe(3)
    await workerPool().query(`DELETE FROM balance WHERE account = '0x' || repeat('e', 40)`)
    const write = withSnapshot(analyst, (tx) => tx.$executeRaw`UPDATE submission SET detail = ''`)
    await expect(write).rejects.toThrow('read-only')
  })
})

describe('the other sides', () => {
  test('the worker writes the ledger and the gate reads people', async () => {
    await withWorker((tx) => tx.flow.updateMany({ where: { firmId: 1 }, data: { value: '7' } }))
    expect(await withGate((tx) => tx.person.count())).toBe(2)
    await expect(withGate((tx) => tx.transfer.count())).rejects.toThrow('denied')
    expect(await askGate((db) => db.person.count())).toBe(2)
    await expect(askGate((db) => db.transfer.count())).rejects.toThrow('denied')
  })
})

describe('connectDatabase', () => {
  test('the same again is nothing, another address is a mistake', () => {
    connectDatabase(database.urls)
    expect(() => connectDatabase({ gate: database.urls.firm })).toThrow('another address')
  })
})
