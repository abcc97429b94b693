import type { ReactNode } from 'react'
import { LimitUse } from '@/components/limits/limit-use'
import { Amount } from '@/components/ui/amount'
import { clocked } from '@/components/ui/clocked'
import { type Column, DataTable } from '@/components/ui/data-table'
import { ClosenessChip } from '@/components/ui/limit-bar'
import { Link } from '@/components/ui/link'
import { wholeShare } from '@/components/ui/share'
import { Time } from '@/components/ui/time'
import { shortAddress } from '@/lib/format/address'
import { reference as currency, limitNames } from '@/lib/format/reference'
import type { Zone } from '@/lib/format/time'
import type { LimitUseRow } from '@/lib/queries/limits'

type Props = { rows: readonly LimitUseRow[]; mayPropose: boolean; zone: Zone; empty: ReactNode }

const nameOf = ({ scope, subject, reference, firm }: LimitUseRow): string =>
  scope === 'firm' ? firm.name : (reference ?? shortAddress(subject))

export function UseTable({ rows, mayPropose, zone, empty }: Props) {
  const columns: Column<LimitUseRow>[] = [
    {
      key: 'subject',
      header: 'Firm or customer',
      lead: true,
      cell: (row) => (
        <div className="leading-[18px]">
          <Link
            href={row.scope === 'firm' ? `/firms/${row.subject}` : `/customers/${row.subject}`}
            className="font-medium"
          >
            {nameOf(row)}
          </Link>
          <div className="text-12 text-secondary">
            {row.scope === 'firm' ? 'All its customers together' : row.firm.name}
          </div>
        </div>
      ),
    },
    {
      key: 'limit',
      header: 'Limit',
      cell: ({ window, tier }) => (
        <div className="leading-[18px]">
          {limitNames[window]}
          <div className="text-12 text-secondary">{tier === null ? 'Its own' : `Of tier ${tier}`}</div>
        </div>
      ),
    },
    {
      key: 'use',
      header: 'Used',
      className: 'min-w-48 stack:col-span-2 stack:min-w-0',
      cell: (row) => (
        <div>
          <LimitUse line={row} label={`${limitNames[row.window]}, ${nameOf(row)}`} />
          <div className="mt-1 text-12 text-secondary tabular-nums">
            <Amount value={row.used} decimals={currency.decimals} /> of{' '}
            <Amount value={row.limit ?? '0'} decimals={currency.decimals} /> · {wholeShare(row.share)}
          </div>
        </div>
      ),
    },
    {
      key: 'headroom',
      header: `Headroom (${currency.unit})`,
      align: 'right',
      cell: ({ headroom }) => <Amount value={headroom} decimals={currency.decimals} />,
    },
    { key: 'state', header: 'State', cell: ({ closeness }) => <ClosenessChip closeness={closeness} /> },
    {
      key: 'resets',
      header: clocked('Grows', zone),
      cell: ({ resets }) => (resets ? <Time at={resets} as="row" /> : '–'),
    },
    ...(mayPropose
      ? [
          {
            key: 'propose',
            header: 'Change',
            className: 'stack:before:hidden!',
            cell: (row: LimitUseRow) => (
              <Link
                href={`/limits/propose?scope=${row.scope}&subject=${row.subject}&window=${row.window}`}
                aria-label={`Propose a change of the limit of ${nameOf(row)}, ${limitNames[row.window]}`}
              >
                Propose
              </Link>
            ),
          },
        ]
      : []),
  ]
  return (
    <DataTable
      caption="Limits by how much of them is used, the closest to its line first"
      columns={columns}
      rows={rows}
      rowKey={({ scope, subject, window }) => `${scope} ${subject} ${window}`}
      rowHeight="tall"
      empty={empty}
    />
  )
}
