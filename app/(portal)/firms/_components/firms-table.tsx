import type { ReactNode } from 'react'
import { LimitUse } from '@/components/limits/limit-use'
import { Amount } from '@/components/ui/amount'
import { type Column, DataTable } from '@/components/ui/data-table'
import { ClosenessChip } from '@/components/ui/limit-bar'
import { Link } from '@/components/ui/link'
import { wholeShare } from '@/components/ui/share'
import { groupDigits } from '@/lib/format/number'
import { reference } from '@/lib/format/reference'
import type { FirmRow } from '@/lib/queries/firms'

const columns: Column<FirmRow>[] = [
  {
    key: 'firm',
    header: 'Firm',
    lead: true,
    cell: ({ id, name, lei }) => (
      <div className="leading-[18px]">
        <Link href={`/firms/${id}`} className="font-medium">
          {name}
        </Link>
        <div className="font-mono text-12 text-secondary">{lei}</div>
      </div>
    ),
  },
  {
    key: 'customers',
    header: 'Customers',
    align: 'right',
    cell: ({ id, customers }) => <Link href={`/customers?firm=${id}`}>{groupDigits(customers)}</Link>,
  },
  {
    key: 'verified',
    header: 'Verified',
    align: 'right',
    cell: ({ customers, verified }) =>
      customers === 0 ? '–' : wholeShare(Math.floor((verified * 10_000) / customers)),
  },
  {
    key: 'sent',
    header: `Sent, 24 h (${reference.unit})`,
    align: 'right',
    cell: ({ day }) => <Amount value={day.used} decimals={reference.decimals} />,
  },
  {
    key: 'use',
    header: 'Use of the daily limit',
    className: 'min-w-44 stack:col-span-2 stack:min-w-0',
    cell: ({ name, day }) => <LimitUse line={day} label={`Daily limit of ${name}`} />,
  },
  {
    key: 'headroom',
    header: `Headroom (${reference.unit})`,
    align: 'right',
    cell: ({ day }) =>
      day.limit === null ? '–' : <Amount value={day.headroom} decimals={reference.decimals} />,
  },
  { key: 'state', header: 'State', cell: ({ day }) => <ClosenessChip closeness={day.closeness} /> },
  {
    key: 'refused',
    header: 'Refused, 24 h',
    align: 'right',
    cell: ({ id, refused }) =>
      refused === 0 ? (
        '0'
      ) : (
        <Link href={`/transfers?firm=${id}&outcome=refused`}>{groupDigits(refused)}</Link>
      ),
  },
]

export function FirmsTable({ rows, empty }: { rows: readonly FirmRow[]; empty: ReactNode }) {
  return (
    <DataTable
      caption="Firms by name, with what their customers sent and what is left of their daily limit"
      columns={columns}
      rows={rows}
      rowKey={({ id }) => String(id)}
      rowHeight="tall"
      empty={empty}
    />
  )
}
