import { ByOrder } from '@/components/orders/standing-by'
import { Address } from '@/components/ui/address'
import { type Column, DataTable } from '@/components/ui/data-table'
import { Link } from '@/components/ui/link'
import { Time } from '@/components/ui/time'
import { sentence } from '@/lib/format/number'
import type { HolderRow } from '@/lib/queries/people'

export function HoldersTable({ rows, mayPropose }: { rows: readonly HolderRow[]; mayPropose: boolean }) {
  const columns: Column<HolderRow>[] = [
    {
      key: 'who',
      header: 'Person',
      lead: true,
      cell: ({ name, portalRole }) => (
        <div className="leading-[18px]">
          <span className="font-medium">{name ?? 'No account here'}</span>
          {portalRole && (
            <div className="text-12 text-secondary">{sentence(portalRole.replaceAll('-', ' '))} here</div>
          )}
        </div>
      ),
    },
    { key: 'account', header: 'Wallet', cell: ({ account }) => <Address address={account} copy /> },
    {
      key: 'roles',
      header: 'Roles on chain',
      wrap: true,
      cell: ({ roles, actsFor }) => (
        <div className="leading-[18px]">
          {sentence(roles)}
          {actsFor && <div className="text-12 text-secondary">and acts for {actsFor}</div>}
        </div>
      ),
    },
    { key: 'since', header: 'Since', cell: ({ since }) => <Time at={since} as="row" /> },
    {
      key: 'order',
      header: 'By order',
      wrap: true,
      cell: (row) => (row.reference ? <ByOrder by={row} /> : 'Founding, or elsewhere'),
    },
    ...(mayPropose
      ? [
          {
            key: 'change',
            header: 'Change',
            cell: ({ account }: HolderRow) => (
              <Link href={`/measures/propose?kind=roles&wallet=${account}`}>Change its roles</Link>
            ),
          },
        ]
      : []),
  ]
  return (
    <DataTable
      caption="Wallets that hold a role on chain, with the person behind each"
      columns={columns}
      rows={rows}
      rowKey={({ account }) => account}
      rowHeight="tall"
      empty="Nobody holds a role that the index knows of."
    />
  )
}
