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
import { Prisma, type PrismaClient } from './generated/client'

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
    expect(await copy.withSnapshot(ofFirm(1), readSettings)).toContain('viewer1')
    expect(await copy.withSnapshot(ofFirm(1), readSettings)).toContain('viewer1')
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

describe('a raw statement of a snapshot, which goes past Prisma', () => {
  const time = new Date('2026-03-29T01:30:00.123Z')
  const ask = (tx: Tx) => tx.$queryRaw<object[]>`
    SELECT 9007199254740993 AS int8, 5::int AS int4, 1.50::numeric AS numeric, 2.5::float8 AS float, true AS bool,
      'x' AS text, ${time}::timestamptz AS time, '2026-03-29 01:30'::timestamp AS local, '2026-03-29'::date AS day,
      '{"a": [1]}'::jsonb AS json, gen_random_uuid() IS NULL AS uuid, NULL::int8 AS none,
      ARRAY[1, NULL, 9007199254740993]::int8[] AS ints, ARRAY[0.1, 12345678901234567890.5] AS numerics,
      ARRAY['a', 'b,"c']::text[] AS texts, ARRAY[${time}::timestamptz] AS times, ARRAY['2026-03-29'::date] AS days,
      ${9007199254740993n}::int8 AS big, ${['a', 'b']}::text[] AS "in", ${[1n, 2n]}::int8[] AS bigs, ${null}::text AS nil,
      ${Prisma.sql`${1}::int + ${2}::int`} AS sum, ${new Prisma.Decimal('12345678901234567890.5')}::numeric AS exact`

  test('gives what Prisma gives', async () => {
    const [direct] = await withSnapshot(analyst, ask)
    expect([direct]).toEqual(await withActor(analyst, ask))
    expect(await askGate(ask)).toEqual([direct])
    expect(direct).toMatchObject({ int8: 9007199254740993n, time, sum: 3, bigs: [1n, 2n] })
  })

  test('is refused once the transaction is over, whoever has the connection then', async () => {
    let left: Tx | undefined
    await withSnapshot(ofFirm(1), async (tx) => {
      left = tx
      expect(await readSettings(tx)).toContain('viewer1')
    })
    await expect(readSettings(left!)).rejects.toThrow('over')
    await withSnapshot(ofFirm(2), async (tx) => {
      await expect(readSettings(left!)).rejects.toThrow('over')
      expect(await readSettings(tx)).toContain('viewer2')
    })
    const failed = withSnapshot(ofFirm(1), async (tx) => {
      left = tx
      await tx.$queryRaw`SELECT 1 / 0`
    })
    await expect(failed).rejects.toThrow('division by zero')
    await expect(readSettings(left!)).rejects.toThrow('over')
  })

  test('keeps its connection whatever else begins inside it', async () => {
    const seen = await withSnapshot(ofFirm(1), async (tx) => [
      await askGate((db) => db.$transaction(readSettings)),
      await withGate(readSettings),
      await readSettings(tx),
    ])
    expect(seen).toEqual(['', '', `${person(1).personId}viewer1`])
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
