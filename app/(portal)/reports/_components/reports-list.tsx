import { ButtonLink, buttonLook } from '@/components/ui/button'
import { Chip, type Status } from '@/components/ui/chip'
import { CopyButton } from '@/components/ui/copy-button'
import { Progress } from '@/components/ui/progress'
import { Time } from '@/components/ui/time'
import { shortHash } from '@/lib/format/address'
import { groupDigits } from '@/lib/format/number'
import type { ReportRow } from '@/lib/queries/reports'
import { CancelButton } from './cancel-button'

const looks: Record<ReportRow['state'], { status: Status; word: string }> = {
  waiting: { status: 'pending', word: 'Waiting' },
  running: { status: 'pending', word: 'Being written' },
  done: { status: 'compliant', word: 'Ready' },
  failed: { status: 'warning', word: 'Failed' },
  cancelled: { status: 'closed', word: 'Cancelled' },
}

export function ReportsList({ rows }: { rows: readonly ReportRow[] }) {
  if (rows.length === 0) {
    return (
      <div className="px-4 py-8 text-secondary">
        <p className="mb-3">Nobody has asked for a report yet.</p>
        <ButtonLink href="/reports/request">Request a transfer register</ButtonLink>
      </div>
    )
  }
  return (
    <ul className="divide-y divide-hairline">
      {rows.map((row) => (
        <li key={row.id} className="grid gap-x-6 gap-y-2 px-4 py-4 md:grid-cols-[minmax(0,1fr)_auto]">
          <div className="min-w-0">
            <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
              <h2 className="text-16 font-semibold">
                {row.reference} Transfers, {row.firm?.name ?? 'all firms'}
              </h2>
              <Chip status={looks[row.state].status}>{looks[row.state].word}</Chip>
            </div>
            <p className="mt-0.5 text-secondary">
              From {row.from} (inclusive) until {row.until} (exclusive), UTC · asked for{' '}
              <Time at={row.createdAt} />
              {row.isMine && ' by you'}
            </p>
            <Body row={row} />
          </div>
          <div className="flex items-start gap-2">
            {row.state === 'done' && (
              <a href={`/api/reports/${row.id}`} download className={buttonLook()}>
                Download<span className="sr-only"> {row.reference}</span>
              </a>
            )}
            {(row.state === 'waiting' || row.state === 'running') && (
              <CancelButton id={row.id} reference={row.reference} />
            )}
          </div>
        </li>
      ))}
    </ul>
  )
}

function written({ rowsDone, rowsTotal }: ReportRow): { share: number; text: string } {
  if (rowsTotal === null) return { share: 0, text: 'Counting rows' }
  const share = rowsTotal === 0 ? 0 : Math.floor((rowsDone * 100) / rowsTotal)
  return { share, text: `${groupDigits(rowsDone)} of ${groupDigits(rowsTotal)} rows` }
}

function Body({ row }: { row: ReportRow }) {
  if (row.state === 'waiting')
    return <p className="mt-2">It begins as soon as the one before it is written.</p>
  if (row.state === 'running')
    return <Progress {...written(row)} label={`Rows of ${row.reference} written`} />
  if (row.state === 'failed') return <p className="mt-2">{row.error}</p>
  if (row.state !== 'done' || !row.asOf || !row.sha256) return null
  return (
    <dl className="mt-2 grid gap-x-4 gap-y-1 sm:grid-cols-[auto_minmax(0,1fr)]">
      <dt className="text-secondary">Rows</dt>
      <dd className="tabular-nums">
        {groupDigits(row.rowsTotal ?? 0)} in {groupDigits(row.bytes ?? 0)} bytes
      </dd>
      <dt className="text-secondary">As at block</dt>
      <dd>
        {groupDigits(row.asOf.block)}{' '}
        <span className="font-mono text-12" title={row.asOf.hash}>
          {shortHash(row.asOf.hash)}
        </span>
        , final
      </dd>
      <dt className="text-secondary">SHA-256 of the file</dt>
      <dd className="flex items-start gap-1">
        <span className="font-mono text-12 leading-5 [overflow-wrap:anywhere]">{row.sha256}</span>
        <CopyButton text={row.sha256} what="SHA-256" />
      </dd>
    </dl>
  )
}
