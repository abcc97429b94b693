import { formatReference, limitNames } from '@/lib/format/reference'
import type { LedgerRow, Ledgers } from '@/lib/queries/ledgers'
import type { LimitLine } from '@/lib/queries/limit-line'
import { StandingChip } from '../customers/standing-chip'
import { Chip } from '../ui/chip'
import { type Column, DataTable } from '../ui/data-table'
import { AsAt } from '../ui/page-header'

const ledger: Column<LedgerRow> = {
  key: 'ledger',
  header: 'Ledger',
  lead: true,
  wrap: true,
  cell: ({ asOf }) => (
    <>
      <span className="font-medium">Chain {asOf.chainId}</span>
      <AsAt asOf={asOf} />
    </>
  ),
}

const standing: Column<LedgerRow> = {
  key: 'standing',
  header: 'KYC',
  cell: ({ standing, flagged }) => (
    <div className="flex flex-col items-start gap-0.5">
      {standing && <StandingChip standing={standing} />}
      {flagged && <Chip status="breach">Screening hit</Chip>}
    </div>
  ),
}

const usedIn = (window: 'day' | 'month' | 'balance'): Column<LedgerRow> => ({
  key: window,
  header: window === 'balance' ? 'Worth of what it holds' : `Used, ${limitNames[window]}`,
  align: 'right',
  cell: ({ lines }) => <Use line={lines.find((line) => line.window === window)} />,
})

function Use({ line }: { line: LimitLine | undefined }) {
  if (!line) return null
  return (
    <>
      {formatReference(line.used)}
      <br />
      <span className="text-12 text-secondary">
        {line.limit === null ? 'no limit' : `of ${formatReference(line.limit)}`}
      </span>
    </>
  )
}

/** The same customer or firm on each ledger, and what they used together, which no ledger's contracts count. */
export function LedgersTable({ ledgers, of }: { ledgers: Ledgers; of: string }) {
  const windows = ledgers.together.map(({ window }) => window as 'day' | 'month' | 'balance')
  const hasStanding = ledgers.rows.some((row) => row.standing !== null)
  return (
    <>
      <DataTable
        caption={`${of} on each ledger`}
        columns={[ledger, ...(hasStanding ? [standing] : []), ...windows.map(usedIn)]}
        rows={ledgers.rows}
        rowKey={({ asOf, identity }) => `${asOf.chainId} ${identity}`}
        rowHeight="tall"
        empty=""
      />
      <p className="border-t border-hairline px-4 py-3">
        <span className="font-medium">On all of them together:</span>{' '}
        {ledgers.together
          .map(({ window, used }) => `${formatReference(used)} ${words[window as keyof typeof words]}`)
          .join(', ')}
        . <span className="text-secondary">Each ledger’s contracts hold to their own limit alone.</span>
      </p>
    </>
  )
}

const words = { day: 'used in 24 hours', month: 'in 30 days', balance: 'held' }
