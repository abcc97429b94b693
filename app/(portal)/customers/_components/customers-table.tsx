import type { ReactNode } from 'react'
import { StandingChip } from '@/components/customers/standing-chip'
import { Address } from '@/components/ui/address'
import { type Column, DataTable } from '@/components/ui/data-table'
import { Link } from '@/components/ui/link'
import { formatDate } from '@/lib/format/time'
import type { CustomerRow } from '@/lib/queries/customers'

type Props = { rows: readonly CustomerRow[]; showFirm: boolean; empty: ReactNode }

export function CustomersTable({ rows, showFirm, empty }: Props) {
  const columns: Column<CustomerRow>[] = [
    {
      key: 'customer',
      header: 'Customer',
      lead: true,
      cell: ({ identity, reference, name }) => (
        <div className="leading-[18px]">
          <Link href={`/customers/${identity}`} className="font-medium">
            {reference ?? 'Not told to us yet'}
          </Link>
          <div className="text-12 text-secondary">{name ?? 'The firm has given no name'}</div>
        </div>
      ),
    },
    ...(showFirm
      ? [
          {
            key: 'firm',
            header: 'Firm',
            cell: ({ firm }: CustomerRow) => <Link href={`/firms/${firm.id}`}>{firm.name}</Link>,
          },
        ]
      : []),
    { key: 'identity', header: 'Identity', cell: ({ identity }) => <Address address={identity} /> },
    { key: 'country', header: 'Country', cell: ({ country }) => country },
    { key: 'tier', header: 'Tier', align: 'right', cell: ({ tier }) => (tier === 0 ? '–' : tier) },
    { key: 'standing', header: 'KYC', cell: ({ standing }) => <StandingChip standing={standing} /> },
    {
      key: 'expiry',
      header: 'Until (UTC)',
      cell: ({ expiry }) =>
        expiry === null ? '–' : <time dateTime={expiry}>{formatDate(new Date(expiry))}</time>,
    },
  ]
  return (
    <DataTable
      caption="Customers with their KYC standing"
      columns={columns}
      rows={rows}
      rowKey={({ identity }) => identity}
      rowHeight="tall"
      empty={empty}
    />
  )
}
