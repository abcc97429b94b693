import pg from 'pg'
import { mintOfficer, type Officer } from '@/lib/auth/officer'
import { closeDatabase, connectDatabase } from '@/lib/db/client'
import { encodeKeyset } from '@/lib/db/keyset'
import type { Result } from '@/lib/errors/refusal'
import { getCustomerPage } from '@/lib/queries/customer'
import { getCustomersPage } from '@/lib/queries/customers'
import { getFirmPage } from '@/lib/queries/firm'
import { getFirmsPage } from '@/lib/queries/firms'
import { getInstrumentPage, getInstrumentsPage } from '@/lib/queries/instruments'
import { getIntegrityPage } from '@/lib/queries/integrity'
import { getLimitHistoryPage } from '@/lib/queries/limit-changes'
import { getLimitsPage } from '@/lib/queries/limits'
import { getMeasuresPage } from '@/lib/queries/measures'
import { getOrdersPage } from '@/lib/queries/orders'
import { getOverviewPage } from '@/lib/queries/overview'
import { getReportsPage } from '@/lib/queries/reports'
import { getSearchPage } from '@/lib/queries/search'
import { getTransferPage } from '@/lib/queries/transfer'
import { getTransfersPage } from '@/lib/queries/transfers'
import type { FreshDatabase } from '../postgres'
import { type Statement, watchStatements } from './read-plans'
import { readWorld } from './read-world'

/** Something by a number, spread over what there is; every repetition of a case asks about another. */
export type Sample = { account: string; identity: string; instrument: string; block: bigint; hash: string }
export type Case = { name: string; ask: (officer: Officer, sample: Sample) => Promise<Result<unknown>> }

/** Every screen, and the ways into the timeline. */
export const cases: readonly Case[] = [
  { name: 'overview', ask: getOverviewPage },
  { name: 'transfers', ask: (officer) => getTransfersPage(officer, {}) },
  {
    name: 'transfers, any depth',
    ask: (officer, { block }) => getTransfersPage(officer, { after: encodeKeyset([String(block), 25, 25]) }),
  },
  { name: 'transfers of an account', ask: (officer, { account }) => getTransfersPage(officer, { account }) },
  {
    name: 'transfers of a firm',
    ask: (officer, { block }) =>
      getTransfersPage(officer, { firm: [String(officer.firmId ?? 1 + Number(block % 200n))] }),
  },
  {
    name: 'transfers, instrument',
    ask: (officer, { instrument }) => getTransfersPage(officer, { instrument }),
  },
  ...['9', '900', '90000'].map((min) => ({
    name: `transfers from ${min} up`,
    ask: (officer: Officer) => getTransfersPage(officer, { min }),
  })),
  { name: 'transfers, refused', ask: (officer) => getTransfersPage(officer, { outcome: 'refused' }) },
  {
    name: 'transfers, refused for a limit',
    ask: (officer) => getTransfersPage(officer, { outcome: 'refused-limit' }),
  },
  { name: 'transfers, forced', ask: (officer) => getTransfersPage(officer, { outcome: 'forced' }) },
  { name: 'transfer by hash', ask: (officer, { hash }) => getTransfersPage(officer, { tx: hash }) },
  {
    name: 'one transfer',
    ask: (officer, { block }) =>
      getTransferPage(officer, { kind: 'settled', block: String(block), index: '25' }),
  },
  { name: 'search, hash', ask: (officer, { hash }) => getSearchPage(officer, hash) },
  { name: 'search, account', ask: (officer, { account }) => getSearchPage(officer, account) },
  { name: 'search, words', ask: (officer) => getSearchPage(officer, 'Customer 77') },
  { name: 'firms', ask: (officer) => getFirmsPage(officer, {}) },
  { name: 'firm', ask: (officer) => getFirmPage(officer, String(officer.firmId ?? 3)) },
  { name: 'customers', ask: (officer) => getCustomersPage(officer, {}) },
  { name: 'customer', ask: (officer, { identity }) => getCustomerPage(officer, identity) },
  { name: 'limits', ask: (officer) => getLimitsPage(officer, {}) },
  { name: 'limit history', ask: (officer) => getLimitHistoryPage(officer, {}) },
  { name: 'orders', ask: (officer) => getOrdersPage(officer, {}) },
  { name: 'measures', ask: (officer) => getMeasuresPage(officer, {}) },
  { name: 'instruments', ask: getInstrumentsPage },
  { name: 'instrument', ask: (officer, { instrument }) => getInstrumentPage(officer, instrument) },
  { name: 'reports', ask: (officer) => getReportsPage(officer, {}) },
  { name: 'integrity', ask: (officer) => getIntegrityPage(officer, new Date()) },
]

/** Milliseconds in the database, planning included: of each page all its statements, and the slowest of them. */
export type Finding = {
  screen: string
  as: string
  milliseconds: number[]
  longest: number[]
  /** Pages of 8 kB that its statements touched: what does not depend on who else uses the machine. */
  pages: number[]
  scans: Set<string>
  slowest: Statement | undefined
}

const person = (role: Officer['role'], firmId: number | null): Officer =>
  mintOfficer({
    ...{
      personId: '00000000-0000-7000-8000-000000000001',
      sessionId: 'a'.repeat(64),
      username: role,
      name: role,
    },
    ...{ side: firmId === null ? 'authority' : 'firm', role, firmId, chainPerson: `0x${'0'.repeat(64)}` },
  })

/** The largest firm of all is the hardest for row security. */
export const readers: readonly (readonly [string, Officer])[] = [
  ['authority', person('analyst', null)],
  ['largest firm', person('compliance-officer', 1)],
  ['small firm', person('viewer', 150)],
]

/** Asks every screen so many times, as each reader, and reads the plans of what it asked. */
export async function readScreens(database: FreshDatabase, rounds: number): Promise<Finding[]> {
  connectDatabase(database.urls)
  const samples = await sample(database.superUrl, rounds)
  const findings: Finding[] = []
  try {
    for (const { name, ask } of cases) {
      for (const [as, officer] of readers) {
        const finding: Finding = {
          screen: name,
          as,
          milliseconds: [],
          longest: [],
          pages: [],
          scans: new Set(),
          slowest: undefined,
        }
        for (const each of samples) {
          const { result, statements } = await watchStatements(() => ask(officer, each))
          if (!result.ok && !['not-found', 'not-permitted'].includes(result.refusal.code)) {
            throw new Error(`${name} as ${as}: ${result.refusal.message}`)
          }
          finding.milliseconds.push(statements.reduce((sum, { milliseconds }) => sum + milliseconds, 0))
          finding.pages.push(statements.reduce((sum, { pages }) => sum + pages, 0))
          finding.longest.push(Math.max(0, ...statements.map(({ milliseconds }) => milliseconds)))
          for (const statement of statements) {
            for (const table of statement.scans) finding.scans.add(table)
            if (statement.milliseconds > (finding.slowest?.milliseconds ?? 0)) finding.slowest = statement
          }
        }
        findings.push(finding)
      }
    }
  } finally {
    await closeDatabase()
  }
  return findings
}

async function sample(superUrl: string, count: number): Promise<Sample[]> {
  const client = new pg.Client({ connectionString: superUrl })
  await client.connect()
  const { rows } = await client.query(
    `SELECT t."from" AS account, t.from_identity AS identity, t.instrument, t.block_number::text AS block, t.tx_hash AS hash
     FROM generate_series(1, $1::int) i
     JOIN transfer t ON t.block_number = 1 + i * (SELECT max(number) - 2 FROM block) / $1::int
       AND t.log_index = (i * 7 % $2::int)`,
    [count, readWorld.rowsInBlock],
  )
  await client.end()
  return rows.map((row) => ({ ...row, block: BigInt(row.block) }))
}
