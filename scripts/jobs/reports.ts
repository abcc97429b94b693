import { setTimeout as pause } from 'node:timers/promises'
import type { Pool } from 'pg'
import { type Tx, withWorker } from '../../lib/db/client'
import { findCursor } from '../../lib/db/cursor'
import { findFirm } from '../../lib/db/firm'
import { listInstruments } from '../../lib/db/instrument'
import {
  countRegisterRows,
  findRegisterPlace,
  listRegisterRows,
  type RegisterPlace,
} from '../../lib/db/register'
import {
  claimReport,
  failReport,
  finishReport,
  type ReportJob,
  releaseReport,
  updateReportProgress,
} from '../../lib/db/report-job'
import type { Job } from '../../lib/indexer/worker/jobs'
import { inDoubtWords, registerMost, registerPage } from '../../lib/reports/register-limits'
import { type RegisterHead, startRegister } from '../../lib/reports/transfer-register'

/** Fills the reports that were asked for, one after the other; any number of workers may. */
export const reportsJob = (pool: Pool, registry: string): Job => ({
  name: 'reports',
  everyMs: 1_000,
  run: async (signal) => {
    while (!signal.aborted && (await fillNextReport(pool, registry, signal))) await pause(0)
  },
})

/** False if nobody waits. A job that was cancelled or lost is left as it is. */
export async function fillNextReport(pool: Pool, registry: string, signal: AbortSignal): Promise<boolean> {
  const job = await claimReport(pool)
  if (!job) return false
  let mine: ReportJob | undefined = job
  try {
    const outcome = await fill(pool, job, registry, signal, (held) => {
      mine = held
    })
    if (outcome === 'stopped' && mine) await releaseReport(pool, mine)
    if (typeof outcome === 'object' && mine) await failReport(pool, mine, outcome.because)
  } catch (error) {
    // The person gets words of ours, the log the cause.
    if (mine) await failReport(pool, mine, 'The register could not be written. Ask for it again.')
    throw error
  }
  return true
}

type Outcome = 'done' | 'lost' | 'stopped' | { because: string }

async function fill(
  pool: Pool,
  claimed: ReportJob,
  registry: string,
  signal: AbortSignal,
  hold: (job: ReportJob | undefined) => void,
): Promise<Outcome> {
  const question = await withWorker((tx) => ask(tx, claimed, registry))
  if ('because' in question) return question
  const { head, place } = question
  const register = startRegister(head)
  const filter = { chainId: claimed.chainId, firmId: claimed.firmId, ...place }
  let job: ReportJob | undefined = claimed
  let after = { block: -1n, logIndex: -1 }
  for (let rowsDone = 0; ; ) {
    job = await updateReportProgress(pool, job, {
      rowsDone,
      rowsTotal: head.rows,
      asOfBlock: place.asOf.block,
      asOfHash: place.asOf.hash,
    })
    hold(job)
    if (!job) return 'lost'
    if (signal.aborted) return 'stopped'
    if (rowsDone === head.rows) break
    const rows = await withWorker((tx) => listRegisterRows(tx, filter, after, registerPage))
    const last = rows.at(-1)
    if (!last) return { because: 'The ledger changed while the register was written. Ask for it again.' }
    register.add(rows)
    rowsDone += rows.length
    after = { block: last.block, logIndex: last.logIndex }
  }
  const file = register.finish()
  const name = nameOf(claimed, place)
  if (await finishReport(pool, job, { name, ...file })) return 'done'
  return { because: 'The ledger changed while the register was written. Ask for it again.' }
}

type Question = { head: RegisterHead; place: RegisterPlace } | { because: string }

async function ask(tx: Tx, job: ReportJob, registry: string): Promise<Question> {
  const { chainId, firmId, parameters } = job
  const from = new Date(parameters.from)
  const until = new Date(parameters.until)
  const place = await findRegisterPlace(tx, chainId, from, until)
  const firm = firmId === null ? null : await findFirm(tx, chainId, firmId)
  if ((await findCursor(tx, chainId))?.doubt) return { because: inDoubtWords }
  if (!place) return { because: 'No block is final yet. Ask for it again later.' }
  if (firm === undefined) return { because: 'There is no such firm.' }
  const rows = await countRegisterRows(tx, { chainId, firmId, ...place }, registerMost + 1)
  if (rows > registerMost) return { because: `The register has more than ${registerMost} rows.` }
  const instruments = await listInstruments(tx, chainId)
  return {
    place,
    head: {
      firm: firm && { id: firm.id, name: firm.name, lei: firm.lei },
      from,
      until,
      chainId,
      genesis: place.genesis,
      asOf: place.asOf,
      registry: registry.toLowerCase(),
      instruments: instruments.map(({ address, symbol, decimals }) => ({ address, symbol, decimals })),
      rows,
    },
  }
}

/** As far as the file is a function of its question, so is its name. */
const nameOf = ({ firmId, parameters }: ReportJob, { asOf }: RegisterPlace): string =>
  `transfers-${firmId === null ? 'all-firms' : `firm-${firmId}`}-${parameters.from}-until-${parameters.until}-block-${asOf.block}.csv`
