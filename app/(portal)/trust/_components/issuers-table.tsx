import { ByOrder } from '@/components/orders/standing-by'
import { Address } from '@/components/ui/address'
import { type Column, DataTable } from '@/components/ui/data-table'
import { Link } from '@/components/ui/link'
import { Time } from '@/components/ui/time'
import type { TrustPage } from '@/lib/queries/trust'

type Row = TrustPage['issuers'][number]

export function IssuersTable({ rows, mayPropose }: { rows: readonly Row[]; mayPropose: boolean }) {
  const columns: Column<Row>[] = [
    { key: 'issuer', header: 'Issuer', lead: true, cell: ({ issuer }) => <Address address={issuer} copy /> },
    {
      key: 'topic',
      header: 'For claims of',
      wrap: true,
      cell: ({ topic, isNeeded }) => (
        <>
          Topic {topic}
          {!isNeeded && <span className="text-secondary">, which nobody needs</span>}
        </>
      ),
    },
    { key: 'since', header: 'Trusted since', cell: ({ since }) => <Time at={since} as="row" /> },
    { key: 'order', header: 'By order', wrap: true, cell: (row) => <ByOrder by={row} /> },
    ...(mayPropose
      ? [
          {
            key: 'change',
            header: 'Change',
            cell: ({ issuer, topic }: Row) => (
              <Link href={`/measures/propose?kind=trusted-issuer&issuer=${issuer}&topic=${topic}&trusted=no`}>
                Trust it no longer
              </Link>
            ),
          },
        ]
      : []),
  ]
  return (
    <DataTable
      caption="Contracts whose claims count, with the topic of each"
      columns={columns}
      rows={rows}
      rowKey={({ issuer, topic }) => `${issuer} ${topic}`}
      empty="None: no claim of anybody counts, and none is needed."
    />
  )
}
