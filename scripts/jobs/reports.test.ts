import { execFile } from 'node:child_process'
import { mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { cancelReport, requestReport } from '../../lib/acts/reports'
import { workerPool } from '../../lib/db/client'
import { claimReport, updateReportProgress } from '../../lib/db/report-job'
import { getReportFile, getReportsPage } from '../../lib/queries/reports'
import { readRegister } from '../../lib/reports/read-register'
import { inDoubtWords } from '../../lib/reports/register-limits'
import { databaseForThisFile } from '../../test/database'
import {
  addressOf,
  type Factory,
  insertWorld,
  officerOf,
  openFactory,
  people,
  transferOf,
} from '../../test/factories'
import { fillNextReport } from './reports'

vi.mock('@/lib/env', () => ({ env: () => ({ chainId: 31337 }) }))

const database = databaseForThisFile()
let factory: Factory
const [ann, bob, , dan, eve] = people
const analyst = officerOf('analyst')
const northgate = officerOf('compliance-officer', 1)
const harbour = officerOf('compliance-officer', 2)
const november = { from: '2026-11-01', until: '2026-12-01' }
const registry = addressOf(0xc0ffee)
const forever = new AbortController().signal

beforeAll(async () => {
  factory = await openFactory(database.superUrl)
  await insertWorld(factory)
  await factory.insert(
    'transfer',
    transferOf(10n, null, ann, { amount: '900000' }),
    transferOf(50n, ann, dan, { log_index: 3, amount: '12345' }),
    transferOf(50n, ann, bob, { log_index: 4 }),
    transferOf(60n, dan, eve),
    transferOf(117n, dan, ann),
    transferOf(118n, ann, dan), // not final
  )
})
afterAll(() => factory.close())
beforeEach(() => factory.query('delete from report'))

const fill = () => fillNextReport(workerPool(), registry, forever)
const value = <T>(answer: { ok: true; value: T } | { ok: false; refusal: { code: string } }): T => {
  if (!answer.ok) throw new Error(answer.refusal.code)
  return answer.value
}

async function fileOf(officer = analyst, index = 0): Promise<Buffer> {
  const row = value(await getReportsPage(officer, {})).rows[index]!
  const file = value(await getReportFile(officer, row.id))
  const pieces: Uint8Array[] = []
  for (let offset = 0; offset < file.bytes; offset += pieces.at(-1)!.length)
    pieces.push(await file.read(offset))
  return Buffer.concat(pieces)
}

describe('a register that was asked for', () => {
  test('is filled, is final, and verifies', async () => {
    expect(value(await requestReport(analyst, { firm: '1', ...november })).reference).toMatch(
      /^R-\d{4}-\d{5}$/,
    )
    expect(await fill()).toBe(true)
    expect(await fill()).toBe(false)
    const [row] = value(await getReportsPage(analyst, {})).rows
    expect(row).toMatchObject({
      state: 'done',
      rowsDone: 4,
      rowsTotal: 4,
      asOf: { block: '117' },
      isMine: true,
    })
    expect(row?.fileName).toBe('transfers-firm-1-2026-11-01-until-2026-12-01-block-117.csv')
    const { problems, rows, sha256, head } = readRegister(await fileOf())
    expect(problems).toEqual([])
    expect(sha256).toBe(row?.sha256)
    expect(head).toMatchObject({ firm: 1, registry })
    expect(rows.map(({ block, logIndex }) => `${block}/${logIndex}`)).toEqual([
      '10/0',
      '50/3',
      '50/4',
      '117/0',
    ])
  })

  test('is byte for byte the same for the authority and for the firm, which learns no other’s customers', async () => {
    await requestReport(analyst, { firm: '1', ...november })
    await fill()
    const first = await fileOf()
    await requestReport(northgate, { firm: '1', ...november })
    await fill()
    const second = await fileOf(northgate)
    expect(second.equals(first)).toBe(true)
    expect(first.toString()).toContain('C-10001')
    expect(first.toString()).not.toContain('C-20001')
  })

  test('of all firms is the authority’s, with everybody’s references', async () => {
    expect(await requestReport(northgate, { firm: 'all', ...november })).toMatchObject({
      refusal: { code: 'not-found' },
    })
    await requestReport(analyst, { firm: 'all', ...november })
    await fill()
    const text = (await fileOf()).toString()
    expect(readRegister(Buffer.from(text)).problems).toEqual([])
    expect(text).toContain('C-20001')
  })

  test('may be empty', async () => {
    await requestReport(analyst, { firm: '1', from: '2025-01-01', until: '2025-01-02' })
    await fill()
    expect(readRegister(await fileOf())).toMatchObject({ problems: [], rows: [] })
  })
})

describe('who may', () => {
  test('nobody of one firm sees, reads, cancels or asks for what is another’s', async () => {
    await requestReport(northgate, { firm: '1', ...november })
    await requestReport(analyst, { firm: '2', ...november })
    await fill()
    await fill()
    const ids = value(await getReportsPage(analyst, {})).rows.map(({ id }) => id)
    expect(ids).toHaveLength(2)
    expect(value(await getReportsPage(harbour, {})).rows).toEqual([]) // nor what the authority asked about it
    for (const id of [...ids, 'x', '']) {
      expect(await getReportFile(harbour, id)).toMatchObject({ refusal: { code: 'not-found' } })
    }
    expect(await cancelReport(harbour, { id: ids[0]! })).toMatchObject({ refusal: { code: 'not-found' } })
    expect(await requestReport(harbour, { firm: '1', ...november })).toMatchObject({
      refusal: { code: 'not-found' },
    })
  })

  test('a viewer and an administrator may not', async () => {
    for (const officer of [officerOf('viewer', 1), officerOf('administrator')]) {
      expect(await requestReport(officer, { firm: '1', ...november })).toMatchObject({
        refusal: { code: 'not-permitted' },
      })
      expect(await getReportsPage(officer, {})).toMatchObject({ refusal: { code: 'not-permitted' } })
    }
  })

  test('no more than three at a time, also not at once', async () => {
    const asked = await Promise.all(
      Array.from({ length: 6 }, () => requestReport(analyst, { firm: '1', ...november })),
    )
    expect(asked.filter(({ ok }) => ok)).toHaveLength(3)
    expect(asked.find(({ ok }) => !ok)).toMatchObject({ refusal: { code: 'too-many-requests' } })
  })

  test('each deed has its line in the journal', async () => {
    await factory.query('truncate table report')
    const before = (await factory.query('select max(seq)::int as seq from journal')).rows[0].seq
    await requestReport(analyst, { firm: '1', ...november })
    const [row] = value(await getReportsPage(analyst, {})).rows
    await cancelReport(analyst, { id: row!.id })
    const { rows } = await factory.query('select act from journal where seq > $1 order by seq', [before])
    expect(rows.map(({ act }) => act)).toEqual(['export:report', 'cancel:report'])
  })
})

describe('a job', () => {
  test('that was cancelled is not filled, and a worker that holds it writes no more', async () => {
    await requestReport(analyst, { firm: '1', ...november })
    const job = (await claimReport(workerPool()))!
    const [row] = value(await getReportsPage(analyst, {})).rows
    expect((await cancelReport(analyst, { id: row!.id })).ok).toBe(true)
    const progress = { rowsDone: 1, rowsTotal: 4, asOfBlock: 117n, asOfHash: `0x${'0'.repeat(64)}` }
    expect(await updateReportProgress(workerPool(), job, progress)).toBeUndefined()
    expect(await fill()).toBe(false)
    expect(await cancelReport(analyst, { id: row!.id })).toMatchObject({ refusal: { code: 'stale' } })
  })

  test('whose worker died is taken over, and the dead one is fenced off', async () => {
    await requestReport(analyst, { firm: '1', ...november })
    const dead = (await claimReport(workerPool()))!
    expect(await claimReport(workerPool())).toBeUndefined()
    await factory.query("update report set claimed_at = now() - interval '3 minutes'")
    expect(await fill()).toBe(true)
    const progress = { rowsDone: 1, rowsTotal: 4, asOfBlock: 117n, asOfHash: `0x${'0'.repeat(64)}` }
    expect(await updateReportProgress(workerPool(), dead, progress)).toBeUndefined()
    expect(value(await getReportsPage(analyst, {})).rows[0]?.state).toBe('done')
  })

  test('is not made while the ledger is in doubt, and not finished either', async () => {
    await requestReport(analyst, { firm: '1', ...november })
    await workerPool().query(`UPDATE cursor SET doubt = 'balance of USD 0xac is 2 here and 1 on the chain'`)
    for (const officer of [analyst, northgate]) {
      const refused = await requestReport(officer, { firm: '1', ...november })
      expect(refused).toMatchObject({ refusal: { code: 'in-doubt' } })
    }
    expect(await fill()).toBe(true)
    const [row] = value(await getReportsPage(analyst, {})).rows
    expect(row).toMatchObject({ state: 'failed', error: inDoubtWords })
    await workerPool().query('UPDATE cursor SET doubt = NULL')
  })

  test('that is stopped goes back to the queue', async () => {
    await requestReport(analyst, { firm: '1', ...november })
    await fillNextReport(workerPool(), registry, AbortSignal.abort())
    expect(value(await getReportsPage(analyst, {})).rows[0]?.state).toBe('waiting')
  })
})

test('npm run verify:report accepts the file and names the line of a changed byte', async () => {
  await requestReport(analyst, { firm: '1', ...november })
  await fill()
  const bytes = await fileOf()
  const folder = await mkdtemp(join(tmpdir(), 'register-'))
  const verify = (content: Buffer) =>
    writeFile(join(folder, 'file.csv'), content).then(
      () =>
        new Promise<{ code: number; text: string }>((resolve) => {
          execFile('npx', ['tsx', 'scripts/verify-report.ts', join(folder, 'file.csv')], (error, out, err) =>
            resolve({ code: Number(error?.code ?? 0), text: out + err }),
          )
        }),
    )
  expect(await verify(bytes)).toMatchObject({ code: 0 })
  const at = bytes.indexOf('123.45')
  bytes[at] = '9'.charCodeAt(0)
  const line = bytes.subarray(0, at).toString().split('\r\n').length
  const { code, text } = await verify(bytes)
  expect(code).toBe(1)
  expect(text).toContain('The digest differs')
  expect(text).toContain(`line ${line}: `)
})
