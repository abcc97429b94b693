import { ByOrder } from '@/components/orders/standing-by'
import { Address } from '@/components/ui/address'
import { Chip, type Status } from '@/components/ui/chip'
import { type Column, DataTable } from '@/components/ui/data-table'
import { Link } from '@/components/ui/link'
import { Time } from '@/components/ui/time'
import type { DeputyRow } from '@/lib/queries/people'

const looks: Record<DeputyRow['state'], { word: string; status: Status }> = {
  'to come': { word: 'To come', status: 'pending' },
  'in force': { word: 'Acts', status: 'compliant' },
  over: { word: 'Over', status: 'closed' },
}

export function DeputiesTable({ rows, mayPropose }: { rows: readonly DeputyRow[]; mayPropose: boolean }) {
  const columns: Column<DeputyRow>[] = [
    { key: 'delegate', header: 'Deputy', lead: true, cell: ({ delegate }) => <Party party={delegate} /> },
    { key: 'principal', header: 'Acts for', cell: ({ principal }) => <Party party={principal} /> },
    { key: 'from', header: 'From', cell: ({ startsAt }) => <Time at={startsAt} as="row" /> },
    { key: 'until', header: 'Until', cell: ({ until }) => <Time at={until} as="row" /> },
    {
      key: 'state',
      header: 'State',
      cell: ({ state }) => <Chip status={looks[state].status}>{looks[state].word}</Chip>,
    },
    { key: 'order', header: 'By order', wrap: true, cell: (row) => <ByOrder by={row} /> },
    ...(mayPropose
      ? [{ key: 'change', header: 'Change', cell: (row: DeputyRow) => <Change row={row} /> }]
      : []),
  ]
  return (
    <DataTable
      caption="Who acts for whom, until when"
      columns={columns}
      rows={rows}
      rowKey={({ delegate }) => delegate.account}
      rowHeight="tall"
      empty="Nobody acts for anybody else."
    />
  )
}

function Party({ party: { account, name } }: { party: DeputyRow['delegate'] }) {
  return (
    <div className="leading-[18px]">
      <div className="font-medium">{name ?? 'No account here'}</div>
      <Address address={account} />
    </div>
  )
}

function Change({ row: { principal, delegate, state } }: { row: DeputyRow }) {
  if (state === 'over') return '–'
  const pair = `principal=${principal.account}&delegate=${delegate.account}`
  return <Link href={`/measures/propose?kind=deputy&${pair}&acts=ended`}>End it</Link>
}
