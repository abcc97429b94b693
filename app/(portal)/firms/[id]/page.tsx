import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { LedgersTable } from '@/components/limits/ledgers-table'
import { LimitList } from '@/components/limits/limit-list'
import { ConcerningOrders } from '@/components/orders/concerning-orders'
import { TransfersTable } from '@/components/transfers/transfers-table'
import { ButtonLink } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import { CopyButton } from '@/components/ui/copy-button'
import { Counted } from '@/components/ui/counted'
import { Link } from '@/components/ui/link'
import { PageHeader } from '@/components/ui/page-header'
import { Raw, RawData } from '@/components/ui/raw-data'
import { readView } from '@/components/ui/read-view'
import { wholeShare } from '@/components/ui/share'
import { SummaryList } from '@/components/ui/summary-list'
import { requireOfficer } from '@/lib/auth/require-officer'
import { groupDigits, isCapped, plural } from '@/lib/format/number'
import { type FirmPage, getFirmPage } from '@/lib/queries/firm'
import { HoldingsTable } from '../_components/holdings-table'

export const metadata: Metadata = { title: 'Firm' }

export default async function FirmPageView({ params }: { params: Promise<{ id: string }> }) {
  const officer = await requireOfficer()
  const [result, view] = await Promise.all([getFirmPage(officer, (await params).id), readView()])
  if (!result.ok) notFound()
  const firm = result.value
  const isOwn = officer.side === 'firm'
  const crumbs = isOwn
    ? [{ label: 'Your firm', href: '/' }]
    : [
        { label: 'Authority', href: '/' },
        { label: 'Firms', href: '/firms' },
      ]
  return (
    <>
      <PageHeader
        crumbs={crumbs}
        title={firm.name}
        asOf={firm.asOf}
        actions={
          firm.mayPropose && (
            <ButtonLink href={`/limits/propose?scope=firm&subject=${firm.id}`}>Propose a limit</ButtonLink>
          )
        }
      />
      <div className="grid items-start gap-4 lg:grid-cols-3">
        <div className="min-w-0 space-y-4 lg:col-span-2">
          <Card title="The firm" id="firm">
            <SummaryList items={summaryOf(firm)} />
          </Card>
          <Card title="Held by its customers" id="holdings" flush>
            <HoldingsTable rows={firm.holdings} />
          </Card>
        </div>
        <div className="min-w-0 space-y-4">
          <Card title="Limits and use" id="limits" action={<Link href="/limits">All limits</Link>}>
            <LimitList lines={firm.limits} of="all customers together" zone={view.zone} />
          </Card>
          <Card title="Orders concerning it" id="orders" flush>
            <ConcerningOrders
              rows={firm.orders}
              none={isOwn ? 'No order about you has taken effect.' : 'No order concerns this firm.'}
            />
          </Card>
        </div>
      </div>
      <div className="mt-4 space-y-4">
        {firm.ledgers && (
          <Card title="On every ledger" id="ledgers" flush>
            <LedgersTable ledgers={firm.ledgers} of={firm.name} />
          </Card>
        )}
        <Card
          title="Recent transfers"
          id="transfers"
          flush
          action={<Link href={`/transfers?firm=${firm.id}`}>All of them</Link>}
        >
          <TransfersTable
            caption={`Transfers that customers of ${firm.name} sent or received, newest first`}
            rows={firm.transfers}
            zone={view.zone}
            empty="Its customers have sent and received nothing yet."
          />
        </Card>
        {firm.refusals.length > 0 && (
          <Card
            title="Recently refused"
            id="refused"
            flush
            action={<Link href={`/transfers?firm=${firm.id}&outcome=refused`}>All of them</Link>}
          >
            <TransfersTable
              caption={`Refused transfers of ${firm.name}, newest first`}
              rows={firm.refusals}
              zone={view.zone}
              empty=""
            />
          </Card>
        )}
        <RawData>
          <Raw>{JSON.stringify({ ...firm, transfers: undefined, refusals: undefined }, null, 2)}</Raw>
        </RawData>
      </div>
    </>
  )
}

function summaryOf({ id, lei, since, customers, refused }: FirmPage) {
  const { all, verified, expiring, expired } = customers
  const list = `/customers?firm=${id}`
  return [
    {
      term: 'LEI',
      detail: (
        <span className="inline-flex items-center gap-1 font-mono text-[0.8125rem]">
          {lei} <CopyButton text={lei} what="LEI" />
        </span>
      ),
    },
    { term: 'Firm number', detail: `${id}, since block ${groupDigits(since)}` },
    {
      term: 'Customers',
      detail: (
        <>
          <Link href={list} className="underline">
            {plural(all, 'customer')}
          </Link>
          {all > 0 && `, ${wholeShare(Math.floor((verified * 10_000) / all))} verified`}
        </>
      ),
    },
    {
      term: 'KYC to look at',
      detail:
        expiring + expired === 0 ? (
          'Nothing expires within 30 days'
        ) : (
          <>
            <Link href={`${list}&standing=expiring`} className="underline">
              <Counted count={expiring} isCapped={isCapped(expiring)} /> expiring within 30 days
            </Link>
            {', '}
            <Link href={`${list}&standing=expired`} className="underline">
              <Counted count={expired} isCapped={isCapped(expired)} /> expired
            </Link>
          </>
        ),
    },
    { term: 'Refused, last 24 h', detail: plural(refused, 'transfer') },
  ]
}
