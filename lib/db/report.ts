import type { Tx } from './client'

export type ReportState = 'waiting' | 'running' | 'done' | 'failed' | 'cancelled'

/** Days as 2026-11-01, UTC: `from` inclusive, `until` exclusive. */
export type ReportParameters = { from: string; until: string; side: 'authority' | 'firm' }

export type ReportRecord = {
  id: string
  reference: string
  kind: string
  firmId: number | null
  firmName: string | null
  parameters: ReportParameters
  state: ReportState
  rowsDone: number
  rowsTotal: number | null
  asOfBlock: bigint | null
  asOfHash: string | null
  /** Of the whole file. */
  sha256: string | null
  fileName: string | null
  /** Of the file, once there is one. */
  bytes: number | null
  error: string | null
  requestedBy: string
  createdAt: Date
  finishedAt: Date | null
}

/** A firm sees what its own side asked for; what the authority asks about it is the authority's. */
export type ReportReader = { chainId: number; firmId: number | null }

export async function findReport(
  tx: Tx,
  reader: ReportReader,
  id: string,
): Promise<ReportRecord | undefined> {
  const rows = await tx.$queryRaw<Row[]>`
    select r.id, r.reference, r.kind, r.firm_id, f.name as firm_name, r.parameters, r.state, r.rows_done, r.rows_total,
      r.as_of_block, r.as_of_hash, r.sha256, r.file_name, octet_length(r.content) as bytes, r.error, r.requested_by,
      r.created_at, r.finished_at
    from report r left join firm_directory f on f.chain_id = r.chain_id and f.id = r.firm_id
    where r.chain_id = ${reader.chainId} and r.id = ${id}::uuid
      and (${reader.firmId}::int is null or (r.firm_id = ${reader.firmId}::int and r.parameters ->> 'side' = 'firm'))`
  return rows.map(toRecord)[0]
}

/** Newest first; ids grow with time (UUIDv7) and break ties. */
export async function listReports(
  tx: Tx,
  reader: ReportReader,
  after: { createdAt: Date; id: string } | undefined,
  take: number,
): Promise<ReportRecord[]> {
  const rows = await tx.$queryRaw<Row[]>`
    select r.id, r.reference, r.kind, r.firm_id, f.name as firm_name, r.parameters, r.state, r.rows_done, r.rows_total,
      r.as_of_block, r.as_of_hash, r.sha256, r.file_name, octet_length(r.content) as bytes, r.error, r.requested_by,
      r.created_at, r.finished_at
    from report r left join firm_directory f on f.chain_id = r.chain_id and f.id = r.firm_id
    where r.chain_id = ${reader.chainId}
      and (${reader.firmId}::int is null or (r.firm_id = ${reader.firmId}::int and r.parameters ->> 'side' = 'firm'))
      and (${after === undefined} or (r.created_at, r.id)
        < (${after?.createdAt ?? new Date(0)}::timestamptz, ${after?.id ?? nobody}::uuid))
    order by r.created_at desc, r.id desc limit ${take}`
  return rows.map(toRecord)
}

export type NewReport = {
  reference: string
  chainId: number
  kind: string
  firmId: number | null
  parameters: ReportParameters
  requestedBy: string
}

export async function insertReport(tx: Tx, report: NewReport): Promise<{ id: string }> {
  return tx.report.create({ data: { ...report, state: 'waiting' }, select: { id: true } })
}

/** False if it was over before. */
export async function updateReportCancelled(tx: Tx, id: string, now: Date): Promise<boolean> {
  const { count } = await tx.report.updateMany({
    where: { id, state: { in: ['waiting', 'running'] } },
    data: { state: 'cancelled', finishedAt: now },
  })
  return count === 1
}

/** How many jobs of one person are still to be done. */
export const countOpenReports = (tx: Tx, personId: string): Promise<number> =>
  tx.report.count({ where: { requestedBy: personId, state: { in: ['waiting', 'running'] } } })

/** Bytes of a finished file from `offset` (inclusive, from zero); empty behind its end. */
export async function findReportSlice(
  tx: Tx,
  id: string,
  offset: number,
  length: number,
): Promise<Uint8Array> {
  const rows = await tx.$queryRaw<{ slice: Uint8Array }[]>`
    select substring(content from ${offset + 1}::int for ${length}::int) as slice
    from report where id = ${id}::uuid and state = 'done'`
  return rows[0]?.slice ?? new Uint8Array()
}

const nobody = '00000000-0000-0000-0000-000000000000'

type Row = {
  id: string
  reference: string
  kind: string
  firm_id: number | null
  firm_name: string | null
  parameters: unknown
  state: string
  rows_done: number
  rows_total: number | null
  as_of_block: bigint | null
  as_of_hash: string | null
  sha256: string | null
  file_name: string | null
  bytes: number | null
  error: string | null
  requested_by: string
  created_at: Date
  finished_at: Date | null
}

const toRecord = (row: Row): ReportRecord => ({
  id: row.id,
  reference: row.reference,
  kind: row.kind,
  firmId: row.firm_id,
  firmName: row.firm_name,
  parameters: row.parameters as ReportParameters,
  state: row.state as ReportState,
  rowsDone: row.rows_done,
  rowsTotal: row.rows_total,
  asOfBlock: row.as_of_block,
  asOfHash: row.as_of_hash,
  sha256: row.sha256,
  fileName: row.file_name,
  bytes: row.bytes,
  error: row.error,
  requestedBy: row.requested_by,
  createdAt: row.created_at,
  finishedAt: row.finished_at,
})

/** R-2026-00007. Numbers go on over years and may have gaps. */
export async function findNextReportReference(tx: Tx, year: number): Promise<string> {
  const rows = await tx.$queryRaw<{ number: bigint }[]>`select nextval('report_number_seq') as number`
  return `R-${year}-${String(rows[0]?.number ?? 1).padStart(5, '0')}`
}

/** Until the transaction ends, nobody else asks for a report in this person's name. */
export const lockReportsOf = async (tx: Tx, personId: string): Promise<void> => {
  await tx.$executeRaw`select pg_advisory_xact_lock(hashtext(${`report of ${personId}`}))`
}
