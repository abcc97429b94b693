import type { Metadata } from 'next'
import { Card } from '@/components/ui/card'
import { Chip } from '@/components/ui/chip'
import { clocked } from '@/components/ui/clocked'
import { type Column, DataTable } from '@/components/ui/data-table'
import { Link } from '@/components/ui/link'
import { Notice } from '@/components/ui/notice'
import { homeOf, PageHeader } from '@/components/ui/page-header'
import { Pagination } from '@/components/ui/pagination'
import { readView } from '@/components/ui/read-view'
import { Tabs } from '@/components/ui/tabs'
import { Time } from '@/components/ui/time'
import { requireOfficer } from '@/lib/auth/require-officer'
import type { Zone } from '@/lib/format/time'
import { getOrdersPage, type OrderRow, type OrdersPage, type OrdersSearch } from '@/lib/queries/orders'

export const metadata: Metadata = { title: 'Orders' }

const tabLabels = { 'needs-me': 'Needs me', proposed: 'I proposed', done: 'Done', all: 'All' }
const empty = {
  'needs-me': 'Nothing waits for you.',
  proposed:
    'You have proposed nothing yet. Decide a customer’s KYC from the customer’s page, or a limit from Limits.',
  done: 'No order has been finished yet.',
  all: 'No order has been prepared in this portal yet.',
}

const columnsIn = (zone: Zone): Column<OrderRow>[] => [
  {
    key: 'title',
    header: 'Order',
    lead: true,
    wrap: true,
    cell: (row) => (
      <>
        <Link href={`/orders/${row.reference}`}>{row.title}</Link>
        <span className="block text-12 text-secondary">
          {row.reference} · {row.kind}
        </span>
      </>
    ),
  },
  { key: 'phase', header: 'State', cell: ({ phase }) => <Chip status={phase.status}>{phase.word}</Chip> },
  { key: 'signatures', header: 'Signatures', align: 'right', cell: ({ signatures }) => signatures },
  {
    key: 'created',
    header: clocked('Prepared', zone),
    cell: ({ createdAt }) => <Time at={createdAt} as="row" />,
  },
  {
    key: 'deadline',
    header: clocked('Deadline', zone),
    cell: ({ deadline }) => <Time at={deadline} as="row" />,
  },
]
const proposer: Column<OrderRow> = {
  key: 'proposer',
  header: 'Proposed by',
  cell: (row) => row.proposer ?? 'not known',
}

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> }

export default async function OrdersPageView({ searchParams }: Props) {
  const officer = await requireOfficer()
  const search = await searchParams
  const one = (name: string) => (typeof search[name] === 'string' ? search[name] : undefined)
  const result = await getOrdersPage(officer, { tab: one('tab'), after: one('after') } satisfies OrdersSearch)
  const isAuthority = officer.side === 'authority'
  const crumbs = [homeOf(officer), { label: 'Supervision' }]
  if (!result.ok) {
    return (
      <>
        <PageHeader crumbs={crumbs} title="Orders" />
        <Notice status="warning" title={result.refusal.message}>
          <Link href="/orders">Begin at the first page of orders</Link>
        </Notice>
      </>
    )
  }
  const { zone } = await readView()
  return <Orders page={result.value} {...{ crumbs, isAuthority, zone }} after={one('after')} />
}

type View = {
  page: OrdersPage
  crumbs: { label: string; href?: string }[]
  isAuthority: boolean
  zone: Zone
  after: string | undefined
}

function Orders({ page, crumbs, isAuthority, zone, after }: View) {
  const columns = columnsIn(zone)
  const { asOf, tab, tabs, rows, older } = page
  const href = (name: string, after?: string) => `/orders?tab=${name}${after ? `&after=${after}` : ''}`
  return (
    <>
      <PageHeader crumbs={crumbs} title="Orders" asOf={asOf}>
        {isAuthority
          ? 'What officers prepared here, and how far it has come.'
          : 'What the authority decided about your firm and your customers, once it was carried out.'}
      </PageHeader>
      {tabs.length > 1 && (
        <Tabs
          label="Orders"
          tabs={tabs.map((name) => ({ href: href(name), label: tabLabels[name], current: name === tab }))}
        />
      )}
      <Card flush>
        <DataTable
          caption={`Orders: ${tabLabels[tab]}`}
          columns={isAuthority ? [...columns.slice(0, 2), proposer, ...columns.slice(2)] : columns}
          rows={rows}
          rowKey={({ reference }) => reference}
          rowHeight="tall"
          empty={isAuthority ? empty[tab] : 'No order about your firm or its customers has taken effect yet.'}
        />
      </Card>
      <Pagination
        newer={after && href(tab)}
        older={older && href(tab, older)}
        words={{ newer: 'First page', older: 'Next page' }}
        note={after || older ? '50 a page' : undefined}
      />
    </>
  )
}
