import 'server-only'
import { z } from 'zod'
import { may, type Officer } from '@/lib/auth/officer'
import { withSnapshot } from '@/lib/db/client'
import { type FirmName, listFirmNames } from '@/lib/db/firm'
import { decodeKeyset, encodeKeyset, keysetPart } from '@/lib/db/keyset'
import { countRegisterRows, findRegisterPlace } from '@/lib/db/register'
import {
  findReport,
  findReportSlice,
  listReports,
  type ReportRecord,
  type ReportState,
} from '@/lib/db/report'
import { env } from '@/lib/env'
import { accept, type Result, refuse } from '@/lib/errors/refusal'
import { registerMost } from '@/lib/reports/register-limits'
import { type AsOf, getAsOf } from './as-of'
import { refusePage } from './refuse-page'

export type ReportRow = {
  id: string
  reference: string
  /** Null: all firms. */
  firm: { id: number; name: string } | null
  /** Days, UTC: inclusive and exclusive. */
  from: string
  until: string
  state: ReportState
  rowsDone: number
  rowsTotal: number | null
  asOf: { block: string; hash: string } | null
  /** Of the whole file, without 0x, as sha256sum prints it. */
  sha256: string | null
  fileName: string | null
  bytes: number | null
  error: string | null
  isMine: boolean
  createdAt: string
  finishedAt: string | null
}

export type ReportsPage = { asOf: AsOf; rows: ReportRow[]; next: string | null }

const pageSize = 25
const notExporter = refuse('not-permitted', 'Your role may not ask for reports.').refusal
const placeSchema = z.tuple([keysetPart.date, keysetPart.uuid])

/** Newest first. A firm sees what its own side asked for. */
export async function getReportsPage(
  officer: Officer,
  search: { after?: string },
): Promise<Result<ReportsPage>> {
  if (!may(officer, 'export:report')) return refusePage(officer, 'reports', notExporter)
  const place = search.after === undefined ? undefined : decodeKeyset(search.after, placeSchema)
  if (place && !place.ok) return refusePage(officer, 'reports', place.refusal)
  const after = place && { createdAt: place.value[0], id: place.value[1] }
  return withSnapshot(officer, async (tx) => {
    const asOf = await getAsOf(tx)
    const found = await listReports(tx, readerOf(officer), after, pageSize + 1)
    const records = found.slice(0, pageSize)
    const last = found.length > pageSize ? records.at(-1) : undefined
    return accept({
      asOf,
      rows: records.map((record) => rowOf(record, officer)),
      next: last ? encodeKeyset([last.createdAt, last.id]) : null,
    })
  })
}

export type RegisterQuestion = { firm: number | null; from: Date; until: Date }

export type RegisterPreview = {
  asOf: AsOf
  firms: FirmName[]
  /** Rows that one file may have. */
  most: number
  /** Null before a question was asked. `rows` is counted to one more than `most`. */
  answer: { rows: number; firm: FirmName | null } | null
}

/** What a register would hold, before anybody asks for it. */
export async function getRegisterPreview(
  officer: Officer,
  question: RegisterQuestion | null,
): Promise<Result<RegisterPreview>> {
  if (!may(officer, 'export:report')) return refusePage(officer, 'reports', notExporter)
  const { chainId } = env()
  const preview = await withSnapshot(officer, async (tx) => {
    const asOf = await getAsOf(tx)
    const names = await listFirmNames(tx, chainId)
    const firms = officer.firmId === null ? names : names.filter(({ id }) => id === officer.firmId)
    if (!question) return { asOf, firms, most: registerMost, answer: null }
    const firmId = officer.firmId ?? question.firm
    const firm = firms.find(({ id }) => id === firmId)
    if (firmId !== null && !firm) return undefined
    const place = await findRegisterPlace(tx, chainId, question.from, question.until)
    const rows = place ? await countRegisterRows(tx, { chainId, firmId, ...place }, registerMost + 1) : 0
    return { asOf, firms, most: registerMost, answer: { rows, firm: firm ?? null } }
  })
  return preview ? accept(preview) : refusePage(officer, `register of firm ${question?.firm}`, noSuchReport)
}

const noSuchReport = refuse('not-found', 'There is no such report in your view.').refusal

/** The file of a finished report, to be read in pieces, each of them authorised anew. */
export async function getReportFile(
  officer: Officer,
  id: string,
): Promise<
  Result<{ name: string; bytes: number; sha256: string; read: (offset: number) => Promise<Uint8Array> }>
> {
  const isAsked = z.guid().safeParse(id).success && may(officer, 'export:report')
  const report = isAsked
    ? await withSnapshot(officer, (tx) => findReport(tx, readerOf(officer), id))
    : undefined
  if (report?.state !== 'done' || !report.fileName || report.bytes === null || !report.sha256)
    return refuse(noSuchReport.code, noSuchReport.message)
  return accept({
    name: report.fileName,
    bytes: report.bytes,
    sha256: report.sha256.slice(2),
    read: (offset) => withSnapshot(officer, (tx) => findReportSlice(tx, id, offset, sliceSize)),
  })
}

const sliceSize = 2 ** 20

const readerOf = (officer: Officer) => ({ chainId: env().chainId, firmId: officer.firmId })

const rowOf = (record: ReportRecord, officer: Officer): ReportRow => ({
  id: record.id,
  reference: record.reference,
  firm:
    record.firmId === null ? null : { id: record.firmId, name: record.firmName ?? `Firm ${record.firmId}` },
  from: record.parameters.from,
  until: record.parameters.until,
  state: record.state,
  rowsDone: record.rowsDone,
  rowsTotal: record.rowsTotal,
  asOf:
    record.asOfBlock === null || record.asOfHash === null
      ? null
      : { block: record.asOfBlock.toString(), hash: record.asOfHash },
  sha256: record.sha256?.slice(2) ?? null,
  fileName: record.fileName,
  bytes: record.bytes,
  error: record.error,
  isMine: record.requestedBy === officer.personId,
  createdAt: record.createdAt.toISOString(),
  finishedAt: record.finishedAt?.toISOString() ?? null,
})
