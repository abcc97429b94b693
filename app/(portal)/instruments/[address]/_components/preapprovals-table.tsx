import { ByOrder } from '@/components/orders/standing-by'
import { customerHref } from '@/components/transfers/transfer-link'
import { Address } from '@/components/ui/address'
import { Amount } from '@/components/ui/amount'
import { Chip, type Status } from '@/components/ui/chip'
import { type Column, DataTable } from '@/components/ui/data-table'
import { Link } from '@/components/ui/link'
import { Time } from '@/components/ui/time'
import { plainAmount } from '@/lib/format/amount'
import type { InstrumentRow } from '@/lib/queries/instruments'
import type { PreapprovalParty, PreapprovalRow } from '@/lib/queries/preapproval-row'

const looks: Record<PreapprovalRow['state'], { word: string; status: Status }> = {
  open: { word: 'Open', status: 'pending' },
  consumed: { word: 'Used', status: 'compliant' },
  withdrawn: { word: 'Taken back', status: 'closed' },
  replaced: { word: 'Replaced', status: 'closed' },
  expired: { word: 'Lapsed', status: 'closed' },
}

type Props = { rows: readonly PreapprovalRow[]; instrument: InstrumentRow; mayPropose: boolean }

/** Transfers that were allowed once, each with what became of it. */
export function PreapprovalsTable({ rows, instrument, mayPropose }: Props) {
  const { symbol, decimals, address } = instrument
  const takeBack = ({ from, to, amount }: PreapprovalRow) =>
    `/measures/propose?kind=preapproval&instrument=${address}&stands=withdrawn` +
    `&from=${from.account}&to=${to.account}&amount=${plainAmount(amount, decimals)}`
  const columns: Column<PreapprovalRow>[] = [
    { key: 'from', header: 'From', lead: true, cell: ({ from }) => <Party party={from} /> },
    { key: 'to', header: 'To', cell: ({ to }) => <Party party={to} /> },
    {
      key: 'amount',
      header: `Amount (${symbol})`,
      align: 'right',
      cell: ({ amount }) => <Amount value={amount} decimals={decimals} />,
    },
    {
      key: 'until',
      header: 'Until',
      cell: ({ until }) => (until === null ? 'No end' : <Time at={until} as="row" />),
    },
    {
      key: 'state',
      header: 'State',
      cell: ({ state }) => <Chip status={looks[state].status}>{looks[state].word}</Chip>,
    },
    { key: 'order', header: 'By order', wrap: true, cell: (row) => <ByOrder by={row} /> },
    ...(mayPropose
      ? [
          {
            key: 'change',
            header: 'Change',
            cell: (row: PreapprovalRow) =>
              row.state === 'open' ? <Link href={takeBack(row)}>Take it back</Link> : '–',
          },
        ]
      : []),
  ]
  return (
    <DataTable
      caption={`Transfers of ${symbol} that were allowed once, newest first`}
      columns={columns}
      rows={rows}
      rowKey={({ key }) => key}
      rowHeight="tall"
      empty="None: without one, no transfer between accounts passes."
    />
  )
}

function Party({ party: { account, firm, customer } }: { party: PreapprovalParty }) {
  return (
    <div className="leading-[18px]">
      {customer && (
        <div className="font-medium">
          <Link href={customerHref(customer.identity)}>{customer.name}</Link>
        </div>
      )}
      <div className="flex flex-wrap gap-x-2 text-12 text-secondary">
        {firm}
        <Address address={account} />
      </div>
    </div>
  )
}
