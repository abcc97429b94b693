import { ByOrder } from '@/components/orders/standing-by'
import { Chip } from '@/components/ui/chip'
import { type Column, DataTable } from '@/components/ui/data-table'
import { Link } from '@/components/ui/link'
import { Time } from '@/components/ui/time'
import { plural } from '@/lib/format/number'
import type { TrustPage } from '@/lib/queries/trust'

type Row = TrustPage['topics'][number]

export function TopicsTable({ rows, mayPropose }: { rows: readonly Row[]; mayPropose: boolean }) {
  const columns: Column<Row>[] = [
    {
      key: 'topic',
      header: 'Topic',
      lead: true,
      cell: ({ topic }) => <span className="font-medium">Topic {topic}</span>,
    },
    {
      key: 'issuers',
      header: 'Who may say it',
      cell: ({ issuers }) =>
        issuers === 0 ? (
          <Chip status="warning">Nobody: no account may move</Chip>
        ) : (
          plural(issuers, 'trusted issuer')
        ),
    },
    { key: 'since', header: 'Needed since', cell: ({ since }) => <Time at={since} as="row" /> },
    { key: 'order', header: 'By order', wrap: true, cell: (row) => <ByOrder by={row} /> },
    ...(mayPropose
      ? [
          {
            key: 'change',
            header: 'Change',
            cell: ({ topic }: Row) => (
              <Link href={`/measures/propose?kind=claim-topic&topic=${topic}&required=no`}>
                Need it no longer
              </Link>
            ),
          },
        ]
      : []),
  ]
  return (
    <DataTable
      caption="Claims that every identity needs to send or receive"
      columns={columns}
      rows={rows}
      rowKey={({ topic }) => topic}
      empty="None: a verified KYC is enough."
    />
  )
}
