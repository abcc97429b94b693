import type { ReactNode } from 'react'
import { groupDigits } from '@/lib/format/number'
import type { Zone } from '@/lib/format/time'
import { clockWord } from '@/lib/format/time'
import type { TransferRow } from '@/lib/queries/transfer-row'
import { Amount } from '../ui/amount'
import { type Column, DataTable } from '../ui/data-table'
import { Link } from '../ui/link'
import { Time } from '../ui/time'
import { OutcomeChip } from './outcome-chip'
import { PartyCell } from './party-cell'
import { blockHref, transferHref, transferKey } from './transfer-link'

type Props = {
  caption: string
  rows: readonly TransferRow[]
  zone: Zone
  empty: ReactNode
  /** Keys of columns to leave out; of these only those that may be. */
  hidden?: readonly string[]
}

/** Columns that a reader may do without. When, how much and whether it settled always stay. */
export const optionalColumns = [
  { key: 'from', label: 'From' },
  { key: 'to', label: 'To' },
  { key: 'unit', label: 'Unit' },
  { key: 'block', label: 'Block' },
] as const

/** Settled and refused transfers, as on every page that lists some. */
export function TransfersTable({ caption, rows, zone, empty, hidden = [] }: Props) {
  const columns: Column<TransferRow>[] = [
    {
      key: 'time',
      lead: true,
      header: zone.clock === 'age' ? 'Age' : `Time (${clockWord(zone)})`,
      cell: (row) => (
        <Link href={transferHref(row)} className="text-ink!">
          <Time at={row.time} as="row" />
        </Link>
      ),
    },
    { key: 'from', header: 'From', cell: (row) => <PartyCell party={row.from} side="from" /> },
    { key: 'to', header: 'To', cell: (row) => <PartyCell party={row.to} side="to" /> },
    {
      key: 'amount',
      header: 'Amount',
      align: 'right',
      cell: (row) => (
        <>
          <Amount value={row.amount} decimals={row.instrument.decimals} />
          <span className="text-secondary stack:inline hidden"> {row.instrument.symbol}</span>
        </>
      ),
    },
    { key: 'unit', header: 'Unit', wideOnly: true, cell: (row) => row.instrument.symbol },
    { key: 'outcome', header: 'Outcome', cell: (row) => <OutcomeChip {...row} /> },
    {
      key: 'block',
      header: 'Block',
      wideOnly: true,
      align: 'right',
      cell: (row) => (
        <Link href={blockHref(row.block)} quiet className="text-ink!">
          {groupDigits(row.block)}
        </Link>
      ),
    },
  ]
  return (
    <DataTable
      caption={caption}
      columns={columns.filter(({ key }) => !hidden.includes(key))}
      rows={rows}
      rowKey={transferKey}
      rowHeight="tall"
      empty={empty}
    />
  )
}
