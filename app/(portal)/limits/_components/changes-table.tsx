import { Address } from '@/components/ui/address'
import { Amount } from '@/components/ui/amount'
import { type Column, DataTable } from '@/components/ui/data-table'
import { Link } from '@/components/ui/link'
import { Time } from '@/components/ui/time'
import { groupDigits } from '@/lib/format/number'
import { limitNames, reference } from '@/lib/format/reference'
import { clockWord, type Zone } from '@/lib/format/time'
import type { LimitChangeRow } from '@/lib/queries/limit-changes'

export function ChangesTable({ rows, zone }: { rows: readonly LimitChangeRow[]; zone: Zone }) {
  const columns: Column<LimitChangeRow>[] = [
    {
      key: 'time',
      header: zone.clock === 'age' ? 'Age' : `Time (${clockWord(zone)})`,
      cell: ({ time }) => <Time at={time} as="row" />,
    },
    { key: 'subject', header: 'Of', lead: true, cell: (row) => <Subject row={row} /> },
    { key: 'window', header: 'Limit', cell: ({ window }) => limitNames[window] },
    {
      key: 'before',
      header: `Before (${reference.unit})`,
      align: 'right',
      cell: ({ before }) => <Limit amount={before} none="None set" />,
    },
    {
      key: 'after',
      header: `After (${reference.unit})`,
      align: 'right',
      cell: ({ after }) => <Limit amount={after} none="No limit" />,
    },
    { key: 'order', header: 'By', wrap: true, cell: (row) => <By order={row.order} /> },
    { key: 'block', header: 'Block', align: 'right', cell: ({ block }) => groupDigits(block) },
  ]
  return (
    <DataTable
      caption="Changes of limits, newest first"
      columns={columns}
      rows={rows}
      rowKey={({ block, index }) => `${block} ${index}`}
      empty="No limit has been set yet."
    />
  )
}

function Subject({ row: { scope, subject, name } }: { row: LimitChangeRow }) {
  if (scope === 'firm') return <Link href={`/firms/${subject}`}>{name}</Link>
  if (scope === 'tier') return name
  return <Link href={`/customers/${subject}`}>{name ?? <Address address={subject} />}</Link>
}

const Limit = ({ amount, none }: { amount: string | null; none: string }) =>
  amount === null ? (
    <span className="text-secondary">{none}</span>
  ) : (
    <Amount value={amount} decimals={reference.decimals} />
  )

function By({ order }: { order: LimitChangeRow['order'] }) {
  if (!order) return <span className="text-secondary">When the ledger was founded</span>
  const { reference: number, proposer, approver } = order
  const people = [proposer, approver].filter(Boolean).join(' and ')
  return (
    <>
      {number && <Link href={`/orders/${number}`}>{number}</Link>}{' '}
      <span className="text-secondary">{people || (number ? '' : 'The authority')}</span>
    </>
  )
}
