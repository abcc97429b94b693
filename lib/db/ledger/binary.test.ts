import fc from 'fast-check'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { databaseForThisFile } from '@/test/database'
import { binaryArray, type Cell, type Kind, types } from './binary'

/** What PostgreSQL reads of what we wrote, in its own words. */
describe('arrays in binary form', () => {
  const database = databaseForThisFile()
  let client: pg.Client
  beforeAll(async () => {
    client = new pg.Client({ connectionString: database.superUrl })
    await client.connect()
  })
  afterAll(() => client.end())

  const readBack = async (kind: Kind, values: readonly Cell[]): Promise<(string | null)[]> => {
    const array = binaryArray(kind, values, (value) => value)
    const text = `SELECT value::text FROM unnest($1::${types[kind][0]}[]) AS given(value)`
    const { rows } = await client.query(text, [array])
    return rows.map(({ value }) => value)
  }
  const words = (values: readonly Cell[]) => values.map((value) => (value === null ? null : String(value)))
  const holds = (kind: Kind, value: fc.Arbitrary<Cell>) =>
    fc.assert(
      fc.asyncProperty(fc.array(fc.option(value), { maxLength: 50 }), async (values) => {
        expect(await readBack(kind, values)).toEqual(words(values))
      }),
      { numRuns: 40 },
    )

  it('holds every uint256', () => holds('numeric', fc.bigInt({ min: 0n, max: 2n ** 256n - 1n })))
  it('holds negative amounts', () => holds('numeric', fc.bigInt({ min: -(2n ** 200n), max: 0n })))
  it('holds groups of zeros', async () => {
    const values = [0n, 1n, 9999n, 10_000n, 100_000_000n, 10n ** 77n, 12_340_000n]
    expect(await readBack('numeric', values)).toEqual(words(values))
  })
  it('holds every bigint', () => holds('bigint', fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n })))
  it('holds every int', () => holds('int', fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 })))
  it('holds truth', async () => {
    expect(await readBack('bool', [true, null, false])).toEqual(['true', null, 'false'])
  })
  it('holds bytes of any length', async () => {
    const values = ['0x', `0x${'ab'.repeat(65_536)}`, null, '0x00']
    expect(await readBack('hex', values)).toEqual(values)
  })
  it('holds any text, without what PostgreSQL cannot keep', async () => {
    await holds(
      'text',
      fc.string({ unit: 'grapheme' }).filter((text) => !text.includes('\0')),
    )
    expect(await readBack('text', ['a\0b', '\ud800', '"{},\\'])).toEqual(['a\uFFFDb', '\uFFFD', '"{},\\'])
  })
  it('holds times from the epoch to the end of the year 9999', async () => {
    const text =
      'SELECT extract(epoch FROM value)::bigint::text AS value FROM unnest($1::timestamptz[]) AS given(value)'
    const values = [0n, 946_684_799n, 946_684_800n, 1_800_000_000n, 253_402_300_799n]
    const { rows } = await client.query(text, [binaryArray('time', values, (value) => value)])
    expect(rows.map(({ value }) => BigInt(value))).toEqual(values)
  })
  it('holds nothing', async () => {
    expect(await readBack('int', [])).toEqual([])
  })
})
