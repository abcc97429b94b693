import { customerHref, firmHref } from '@/components/transfers/transfer-link'
import { Card } from '@/components/ui/card'
import { type Column, DataTable } from '@/components/ui/data-table'
import { ClosenessChip, LimitBar } from '@/components/ui/limit-bar'
import { Link } from '@/components/ui/link'
import { formatAmount } from '@/lib/format/amount'
import type { OverviewLine, OverviewPage } from '@/lib/queries/overview'

const windowWords = {
  transfer: 'One transfer',
  day: '24 hours',
  month: '30 days',
  balance: 'Holdings',
} as const
const scopeWords = { firm: 'firm', identity: 'customer', tier: 'tier' } as const

const limitName = ({ window, scope }: OverviewLine) => `${windowWords[window]}, ${scopeWords[scope]}`

/** Who is nearest to a line now, nearest first. */
export function ClosestLimits({ page }: { page: OverviewPage }) {
  const isAuthority = page.side === 'authority'
  const columns: Column<OverviewLine>[] = [
    {
      key: 'who',
      lead: true,
      header: isAuthority ? 'Firm' : 'Whose',
      cell: ({ firm, customer }) =>
        customer ? (
          <Link href={customerHref(customer.identity)}>{customer.reference}</Link>
        ) : (
          <Link href={firmHref(firm.id)}>{firm.name}</Link>
        ),
    },
    { key: 'limit', header: 'Limit', cell: limitName },
    {
      key: 'used',
      header: 'Used',
      className: 'w-[30%]',
      cell: (line) => (
        <LimitBar
          label={`${limitName(line)} limit of ${line.customer?.reference ?? line.firm.name}`}
          share={line.share}
          closeness={line.closeness}
          text={`${formatAmount(line.used, 2)} of ${formatAmount(line.limit ?? '0', 2)} USD used`}
        />
      ),
    },
    {
      key: 'room',
      header: 'Headroom (USD)',
      align: 'right',
      cell: ({ headroom }) => formatAmount(headroom, 2),
    },
    { key: 'state', header: 'State', cell: ({ closeness }) => <ClosenessChip closeness={closeness} /> },
  ]
  return (
    <Card
      title="Limits closest to their line"
      id="closest"
      action={<Link href="/limits">All limits</Link>}
      flush
    >
      <DataTable
        caption="Limits closest to their line, the closest first"
        columns={columns}
        rows={page.limits.lines}
        rowKey={({ scope, subject, window }) => `${scope} ${subject} ${window}`}
        empty={isAuthority ? 'No firm has a limit yet.' : 'No limit is set for your firm or its customers.'}
      />
    </Card>
  )
}
