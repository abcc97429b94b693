import { AsOfEnd } from '@/components/instruments/as-of-end'
import { Amount } from '@/components/ui/amount'
import { type Column, DataTable } from '@/components/ui/data-table'
import { groupDigits } from '@/lib/format/number'
import type { FirmPage } from '@/lib/queries/firm'

type Row = FirmPage['holdings'][number]

const columns: Column<Row>[] = [
  {
    key: 'instrument',
    header: 'Instrument',
    lead: true,
    cell: ({ symbol, name }) => (
      <>
        <span className="font-medium">{symbol}</span> <span className="text-secondary">{name}</span>
      </>
    ),
  },
  {
    key: 'amount',
    header: 'Held (units)',
    align: 'right',
    cell: ({ amount, decimals, watchedUntil }) => (
      <>
        <Amount value={amount} decimals={decimals} />
        <AsOfEnd block={watchedUntil} />
      </>
    ),
  },
  { key: 'holders', header: 'Accounts', align: 'right', cell: ({ holders }) => groupDigits(holders) },
]

export function HoldingsTable({ rows }: { rows: readonly Row[] }) {
  return (
    <DataTable
      caption="What the customers of the firm hold together, an instrument a row"
      columns={columns}
      rows={rows}
      rowKey={({ instrument }) => instrument}
      empty="There is no instrument on this ledger yet."
    />
  )
}
