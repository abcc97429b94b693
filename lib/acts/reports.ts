import 'server-only'
import { record } from '@/lib/audit/journal'
import { may, type Officer } from '@/lib/auth/officer'
import { withActor } from '@/lib/db/client'
import { findCursor } from '@/lib/db/cursor'
import { findFirm } from '@/lib/db/firm'
import { countRegisterRows, findRegisterPlace } from '@/lib/db/register'
import {
  countOpenReports,
  findNextReportReference,
  findReport,
  insertReport,
  lockReportsOf,
  updateReportCancelled,
} from '@/lib/db/report'
import { env } from '@/lib/env'
import { accept, type Result, refuse } from '@/lib/errors/refusal'
import { groupDigits } from '@/lib/format/number'
import { inDoubtWords, registerMost } from '@/lib/reports/register-limits'
import type { CancelReportInput, RequestReportInput } from './reports.schema'

/** Jobs that one person may have waiting or running. */
const openMost = 3
const notPermitted = refuse('not-permitted', 'Your role may not ask for reports.')

/** Puts a transfer register in the queue; the worker fills it. What is too long is refused before anything is done. */
export async function requestReport(
  officer: Officer,
  { firm, from, until }: RequestReportInput,
): Promise<Result<{ reference: string }>> {
  if (!may(officer, 'export:report')) return notPermitted
  const { chainId } = env()
  const firmId = firm === 'all' ? null : Number(firm)
  return withActor(officer, async (tx) => {
    if ((await findCursor(tx, chainId))?.doubt) return inDoubt
    const isTheirs = officer.firmId === null || officer.firmId === firmId
    if (!isTheirs || (firmId !== null && !(await findFirm(tx, chainId, firmId)))) {
      return refuse('not-found', 'There is no such firm in your view of the ledger.', { values: { firm } })
    }
    await lockReportsOf(tx, officer.personId)
    if ((await countOpenReports(tx, officer.personId)) >= openMost) return tooMany
    const place = await findRegisterPlace(tx, chainId, new Date(from), new Date(until))
    const rows = place ? await countRegisterRows(tx, { chainId, firmId, ...place }, registerMost + 1) : 0
    if (rows > registerMost) return tooLong
    const reference = await findNextReportReference(tx, new Date().getUTCFullYear())
    await insertReport(tx, {
      reference,
      chainId,
      kind: 'transfer-register',
      firmId,
      parameters: { from, until, side: officer.side },
      requestedBy: officer.personId,
    })
    const detail = { firm, from, until, rows }
    await record(tx, officer, { act: 'export:report', subject: reference, firmId, detail })
    return accept({ reference })
  })
}

const inDoubt = refuse('in-doubt', inDoubtWords)
const tooMany = refuse(
  'too-many-requests',
  `You have ${openMost} reports waiting already. Let one finish, or cancel one.`,
)
const tooLong = refuse(
  'too-large',
  `This register has more than ${groupDigits(registerMost)} rows, the most one file may have. Choose a shorter period or one firm.`,
)

/** Calls a report off that is not done. Any exporter of the same side may, as any may see it. */
export async function cancelReport(
  officer: Officer,
  { id }: CancelReportInput,
): Promise<Result<{ reference: string }>> {
  if (!may(officer, 'export:report')) return notPermitted
  return withActor(officer, async (tx) => {
    const reader = { chainId: env().chainId, firmId: officer.firmId }
    const report = await findReport(tx, reader, id)
    if (!report) return refuse('not-found', 'There is no such report in your view.', { values: { id } })
    if (!(await updateReportCancelled(tx, id, new Date()))) {
      return refuse('stale', 'This report is over already: there is nothing left to cancel.')
    }
    await record(tx, officer, { act: 'cancel:report', subject: report.reference, firmId: report.firmId })
    return accept({ reference: report.reference })
  })
}

/** One line for who took which file away. */
export const recordDownload = (officer: Officer, name: string, sha256: string): Promise<void> =>
  withActor(officer, (tx) =>
    record(tx, officer, { act: 'download:report', subject: name, detail: { sha256 } }),
  )
