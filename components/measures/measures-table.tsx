import type { ReactNode } from 'react'
import { customerHref, firmHref } from '@/components/transfers/transfer-link'
import type { MeasureRow } from '@/lib/queries/measure-row'
import { Address } from '../ui/address'
import { Chip } from '../ui/chip'
import { type Column, DataTable } from '../ui/data-table'
import { Link } from '../ui/link'
import { Time } from '../ui/time'
import { measureSentence, stateLooks } from './measure-words'

type Props = {
  caption: string
  rows: readonly MeasureRow[]
  empty: ReactNode
  /** Left out on the page of what they concern. */
  about?: boolean
}

/** Freezes and pauses: who, what, why, since and until when. */
export function MeasuresTable({ caption, rows, empty, about = true }: Props) {
  const columns: Column<MeasureRow>[] = [
    ...(about
      ? [{ key: 'who', header: 'Who or what', lead: true, cell: (row: MeasureRow) => <Subject row={row} /> }]
      : []),
    {
      key: 'what',
      header: 'Measure',
      wrap: true,
      className: 'min-w-64 stack:col-span-2 stack:min-w-0',
      lead: !about,
      cell: (row) => (
        <div className="leading-[18px]">
          {measureSentence(row)}
          {!about && row.account && (
            <div>
              <Address address={row.account} />
            </div>
          )}
        </div>
      ),
    },
    {
      key: 'why',
      header: 'Why',
      wrap: true,
      className: 'min-w-52 stack:col-span-2 stack:min-w-0',
      cell: (row) => <Why row={row} />,
    },
    { key: 'since', header: 'Since', cell: ({ since }) => <Time at={since} as="row" /> },
    { key: 'review', header: 'Review by', cell: ({ reviewBy }) => <Time at={reviewBy} as="row" /> },
    {
      key: 'until',
      header: 'Until',
      cell: ({ until }) => (until === null ? 'Lifted' : <Time at={until} as="row" />),
    },
    {
      key: 'state',
      header: 'State',
      cell: ({ state }) => <Chip status={stateLooks[state].status}>{stateLooks[state].word}</Chip>,
    },
  ]
  return (
    <DataTable
      caption={caption}
      columns={columns}
      rows={rows}
      rowKey={({ key }) => key}
      rowHeight="tall"
      empty={empty}
    />
  )
}

function Subject({ row }: { row: MeasureRow }) {
  const { customer, firm, account, instrument } = row
  if (account === null) {
    return (
      <Link href={`/instruments/${instrument.address}`} className="font-medium">
        {instrument.symbol}
      </Link>
    )
  }
  return (
    <div className="-my-1 leading-6 [&_a]:inline-block">
      <div className="font-medium">
        {customer ? <Link href={customerHref(customer.identity)}>{customer.name}</Link> : 'Nobody we know'}
      </div>
      <div className="flex flex-wrap gap-x-2 text-12 leading-6 text-secondary">
        {firm && (
          <Link href={firmHref(firm.id)} quiet>
            {firm.name}
          </Link>
        )}
        <Address address={account} />
      </div>
    </div>
  )
}

function Why({ row: { order, legalText } }: { row: MeasureRow }) {
  const people = [order.proposer, order.approver].filter(Boolean).join(' and ')
  return (
    <div className="leading-[18px]">
      {order.reference ? (
        <Link href={`/orders/${order.reference}`}>{order.reference}</Link>
      ) : (
        'An order from elsewhere'
      )}
      {order.reason && ` · ${order.reason}`}
      {(legalText || people) && (
        <div className="text-12 text-secondary">{[legalText, people].filter(Boolean).join(' · ')}</div>
      )}
    </div>
  )
}
