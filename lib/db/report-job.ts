import type { Pool } from 'pg'
import type { ReportParameters } from './report'

/**
 * The worker's side of a report. `claim` is the fencing token: whoever lost the job, because it was cancelled or
 * because another worker took it over as dead, writes nothing more. Plain pg: a file of 90 MB goes through as bytes.
 */
export type ReportJob = {
  id: string
  claim: Date
  chainId: number
  kind: string
  firmId: number | null
  parameters: ReportParameters
}

/** A job that has not moved for so long belongs to nobody. */
const abandonedAfter = '2 minutes'

/** Takes the oldest job that nobody works on. */
export async function claimReport(pool: Pool): Promise<ReportJob | undefined> {
  const { rows } = await pool.query(
    `update report set state = 'running', claimed_at = clock_timestamp(), rows_done = 0, rows_total = null
     where id = (
       select id from report
       where state = 'waiting' or (state = 'running' and claimed_at < now() - interval '${abandonedAfter}')
       order by created_at, id for update skip locked limit 1
     )
     returning id, claimed_at, chain_id, kind, firm_id, parameters`,
  )
  const row = rows[0]
  return (
    row && {
      id: row.id,
      claim: row.claimed_at,
      chainId: row.chain_id,
      kind: row.kind,
      firmId: row.firm_id,
      parameters: row.parameters,
    }
  )
}

/** Says how far it is and stays the job's owner; undefined if it is no more. */
export async function updateReportProgress(
  pool: Pool,
  job: ReportJob,
  progress: { rowsDone: number; rowsTotal: number; asOfBlock: bigint; asOfHash: string },
): Promise<ReportJob | undefined> {
  const { rows } = await pool.query(
    `update report set rows_done = $3, rows_total = $4, as_of_block = $5, as_of_hash = $6,
       claimed_at = greatest(clock_timestamp(), claimed_at + interval '1 millisecond')
     where id = $1 and state = 'running' and claimed_at = $2 returning claimed_at`,
    [job.id, job.claim, progress.rowsDone, progress.rowsTotal, progress.asOfBlock, progress.asOfHash],
  )
  return rows[0] && { ...job, claim: rows[0].claimed_at }
}

/** False if the job is no longer ours, or the block it is as at is no longer the chain's. */
export async function finishReport(
  pool: Pool,
  job: ReportJob,
  file: { name: string; sha256: string; bytes: Uint8Array },
): Promise<boolean> {
  const { rowCount } = await pool.query(
    `update report r set state = 'done', content = $3, sha256 = $4, file_name = $5, finished_at = now()
     where id = $1 and state = 'running' and claimed_at = $2
       and exists (select from block b
         where b.chain_id = r.chain_id and b.number = r.as_of_block and b.hash = r.as_of_hash)`,
    [job.id, job.claim, file.bytes, `0x${file.sha256}`, file.name],
  )
  return rowCount === 1
}

export async function failReport(pool: Pool, job: ReportJob, error: string): Promise<void> {
  await pool.query(
    `update report set state = 'failed', error = $3, finished_at = now()
     where id = $1 and state = 'running' and claimed_at = $2`,
    [job.id, job.claim, error],
  )
}

/** Back in the queue, for another try. */
export async function releaseReport(pool: Pool, job: ReportJob): Promise<void> {
  await pool.query(
    `update report set state = 'waiting', claimed_at = null where id = $1 and state = 'running' and claimed_at = $2`,
    [job.id, job.claim],
  )
}
