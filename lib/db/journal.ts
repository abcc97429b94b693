import type { Tx } from './client'
import type { Prisma } from './generated/client'
import type { JournalEntryModel } from './generated/models/JournalEntry'

export type JournalDetail = Record<string, string | number | boolean | null>

export type JournalEntry = {
  /** Grows in the order of commits; a transaction that rolls back leaves a gap. */
  seq: bigint
  at: Date
  personId: string | null
  firmId: number | null
  act: string
  subject: string
  detail: JournalDetail
}

export type NewJournalEntry = Omit<JournalEntry, 'seq' | 'at'>

/**
 * The last statement of the deed's transaction: from here on others who write wait for its end, so that a line never
 * appears before one that could be read already, and a checkpoint over the first n lines stays true. Number and time
 * are the database's; the roles may not write them, hence no Prisma create, which would fill them in.
 */
export async function insertJournalEntry(tx: Tx, entry: NewJournalEntry): Promise<void> {
  const { personId, firmId, act, subject, detail } = entry
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtext('plimsoll journal'))`
  await tx.$executeRaw`INSERT INTO journal (person_id, firm_id, act, subject, detail)
    VALUES (${personId}::uuid, ${firmId}::integer, ${act}, ${subject}, ${JSON.stringify(detail)}::jsonb)`
}

export type JournalFilter = {
  /** Exact, e.g. 'prepare:limit'; or a beginning that ends in ':', e.g. 'refused:'. */
  act?: string
  personId?: string
  subject?: string
  /** Inclusive. */
  from?: Date
  /** Exclusive. */
  to?: Date
  /** Lines below this number only. */
  before?: bigint
  take: number
}

/** Newest first. Supervisors and auditors see them, and the worker. */
export async function listJournalEntries(tx: Tx, filter: JournalFilter): Promise<JournalEntry[]> {
  const { act, personId, subject, from, to, before, take } = filter
  const rows = await tx.journalEntry.findMany({
    where: {
      ...(act && { act: act.endsWith(':') ? { startsWith: act } : act }),
      ...(personId && { personId }),
      ...(subject && { subject }),
      ...((from || to) && { at: { ...(from && { gte: from }), ...(to && { lt: to }) } }),
      ...(before !== undefined && { seq: { lt: before } }),
    },
    orderBy: { seq: 'desc' },
    take,
  })
  return rows.map(toRecord)
}

/** Oldest first, from the line after `seq`: what a log over the journal takes in. */
export async function listJournalEntriesAfter(tx: Tx, seq: bigint, take: number): Promise<JournalEntry[]> {
  const rows = await tx.journalEntry.findMany({ where: { seq: { gt: seq } }, orderBy: { seq: 'asc' }, take })
  return rows.map(toRecord)
}

export const countJournalEntries = (tx: Tx): Promise<number> => tx.journalEntry.count()

const toRecord = (row: JournalEntryModel): JournalEntry => ({
  ...row,
  detail: isObject(row.detail) ? (row.detail as JournalDetail) : {},
})

const isObject = (value: Prisma.JsonValue): value is Prisma.JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
