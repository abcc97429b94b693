import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { AsOfEnd } from '@/components/instruments/as-of-end'
import { MeasuresTable } from '@/components/measures/measures-table'
import { ConcerningOrders } from '@/components/orders/concerning-orders'
import { Address } from '@/components/ui/address'
import { Amount } from '@/components/ui/amount'
import { Card } from '@/components/ui/card'
import { Link } from '@/components/ui/link'
import { homeOf, PageHeader } from '@/components/ui/page-header'
import { type SummaryItem, SummaryList } from '@/components/ui/summary-list'
import { requireOfficer } from '@/lib/auth/require-officer'
import { groupDigits, plural } from '@/lib/format/number'
import { getInstrumentPage, type InstrumentPage } from '@/lib/queries/instruments'
import type { WatchedRow } from '@/lib/queries/watched'
import { PauseChip } from '../_components/pause-chip'
import { Capabilities } from './_components/capabilities'
import { CodeHistory } from './_components/code-history'
import { CodeNow } from './_components/code-now'
import { InstrumentActions, WatchActions } from './_components/instrument-actions'
import { LetGoNotice } from './_components/let-go-notice'
import { PreapprovalsTable } from './_components/preapprovals-table'
import { RulesTable } from './_components/rules-table'
import { Said } from './_components/said'

export const metadata: Metadata = { title: 'Instrument' }

export default async function InstrumentPageView({ params }: { params: Promise<{ address: string }> }) {
  const officer = await requireOfficer()
  const result = await getInstrumentPage(officer, (await params).address)
  if (!result.ok) notFound()
  const page = result.value
  const { instrument, code, measures, orders, preapprovals, mayPropose } = page
  const { symbol, address } = instrument
  const isOurs = instrument.standard === 'Plimsoll'
  const isAuthority = officer.side === 'authority'
  const propose = `/measures/propose?instrument=${address}&kind=`
  const asksApproval = instrument.rules.some(({ kind }) => kind === 'preapproval')
  return (
    <>
      <PageHeader
        crumbs={[homeOf(officer), { label: 'Instruments', href: '/instruments' }]}
        title={symbol}
        status={<PauseChip instrument={instrument} />}
        asOf={page.asOf}
        actions={
          (mayPropose && <InstrumentActions instrument={instrument} />) ||
          (page.mayWatch && page.watched && <WatchActions watched={page.watched} />)
        }
      >
        {instrument.name}
      </PageHeader>
      <div className="mb-4 space-y-4 empty:hidden">
        {page.watched && <LetGoNotice watched={page.watched} />}
        <CodeNow page={page} />
      </div>
      <div className="grid items-start gap-4 lg:grid-cols-3">
        <div className="min-w-0 space-y-4 lg:col-span-2">
          <Card title="The instrument" id="instrument">
            <SummaryList items={factsOf(page, isAuthority, propose)} />
          </Card>
          {isOurs ? (
            <Card title="Rules" id="rules" flush>
              <RulesTable rows={instrument.rules} address={mayPropose ? address : undefined} />
            </Card>
          ) : (
            isAuthority && <Said page={page} />
          )}
        </div>
        <div className="min-w-0 space-y-4">
          {!isOurs && <Capabilities watched={page.watched} />}
          {isAuthority && isOurs && (
            <Card title="Orders about it" id="orders" flush>
              <ConcerningOrders rows={orders} none="None was prepared in this portal yet." />
            </Card>
          )}
          {isOurs && (
            <Card
              title="Code behind the address"
              id="code"
              action={mayPropose && <Link href={`${propose}upgrade`}>Propose an upgrade</Link>}
            >
              <CodeHistory steps={code} />
            </Card>
          )}
        </div>
      </div>
      <div className="mt-4 space-y-4">
        {(asksApproval || preapprovals.length > 0) && (
          <Card
            title={isAuthority ? 'Pre-approvals' : 'Pre-approvals of your customers'}
            id="preapprovals"
            flush
            action={mayPropose && <Link href={`${propose}preapproval`}>Approve a transfer</Link>}
          >
            <PreapprovalsTable rows={preapprovals} instrument={instrument} mayPropose={mayPropose} />
          </Card>
        )}
        {isOurs && (
          <Card
            title="Pauses"
            id="pauses"
            flush
            action={<Link href={`/transfers?instrument=${address}`}>Transfers of {symbol}</Link>}
          >
            <MeasuresTable
              caption={`Pauses of ${symbol}, newest first`}
              rows={measures}
              about={false}
              empty="It was never paused."
            />
          </Card>
        )}
      </div>
    </>
  )
}

const factsOf = (
  { instrument, compliance, rate, mayPropose, watched }: InstrumentPage,
  isAuthority: boolean,
  propose: string,
): SummaryItem[] => {
  const { address, supply, decimals, symbol, holders, version, standard } = instrument
  const isDerived = watched?.history !== 'partial'
  return [
    { term: 'Address', detail: <Address address={address} size="full" /> },
    {
      term: 'Supply',
      detail: isDerived ? (
        <>
          <Amount value={supply} decimals={decimals} unit={symbol} />
          <AsOfEnd block={instrument.watchedUntil} />
        </>
      ) : (
        'Not derived: its whole history is not known'
      ),
    },
    { term: 'Decimals', detail: String(decimals) },
    {
      term: isAuthority ? 'Accounts that hold it' : 'Of your accounts holding it',
      detail: (
        <>
          {groupDigits(holders)}
          <AsOfEnd block={instrument.watchedUntil} />
        </>
      ),
    },
    {
      term: 'Code',
      detail: version === null ? `${standard}, only watched: not of this ledger` : `Version ${version}`,
    },
    ...(watched ? [{ term: 'Watched', detail: periodOf(watched) }] : []),
    ...(rate
      ? [
          {
            term: 'Counts against limits',
            detail: `${groupDigits(rate.numerator)} cents for ${plural(BigInt(rate.denominator), 'smallest unit')}`,
            action: mayPropose && <Link href={`${propose}rate`}>Propose another rate</Link>,
          },
        ]
      : []),
    ...(compliance
      ? [
          {
            term: 'Compliance contract',
            detail: <Address address={compliance} size="full" />,
            action: mayPropose && <Link href={`${propose}compliance`}>Propose another</Link>,
          },
        ]
      : []),
  ]
}

/** 'From block 1,200', 'From block 1,200 until block 9,000' */
function periodOf({ startBlock, watchedUntil }: WatchedRow): string {
  const from = `From block ${groupDigits(startBlock)}`
  return watchedUntil === null ? from : `${from} until block ${groupDigits(watchedUntil)}`
}
