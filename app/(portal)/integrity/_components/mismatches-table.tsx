import { type Column, DataTable } from '@/components/ui/data-table'
import type { ReconciliationRow } from '@/lib/queries/integrity'

type Row = ReconciliationRow['mismatches'][number]

const columns: Column<Row>[] = [
  { key: 'what', header: 'Value', lead: true, wrap: true, cell: ({ what }) => what },
  {
    key: 'subject',
    header: 'Of',
    wrap: true,
    cell: ({ subject }) => <span className="font-mono text-12 break-all">{subject}</span>,
  },
  {
    key: 'chain',
    header: 'On the chain',
    align: 'right',
    wrap: true,
    cell: ({ chain }) => <span className="font-mono text-12">{chain}</span>,
  },
  {
    key: 'ledger',
    header: 'In our tables',
    align: 'right',
    wrap: true,
    cell: ({ ledger }) => <span className="font-mono text-12">{ledger}</span>,
  },
]

export function MismatchesTable({ rows }: { rows: readonly Row[] }) {
  return (
    <DataTable
      caption="Values on which the chain and our tables disagree"
      columns={columns}
      rows={rows}
      rowKey={({ what, subject }) => `${what} ${subject}`}
      empty="Nothing differs."
    />
  )
}
