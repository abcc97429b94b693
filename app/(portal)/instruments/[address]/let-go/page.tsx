import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { Address } from '@/components/ui/address'
import { ButtonLink } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import { homeOf, PageHeader } from '@/components/ui/page-header'
import { SummaryList } from '@/components/ui/summary-list'
import { requireOfficer } from '@/lib/auth/require-officer'
import { groupDigits } from '@/lib/format/number'
import { getLetGoPage, type LetGoPage } from '@/lib/queries/watched'
import { LetGoButton } from './_components/let-go-button'

export const metadata: Metadata = { title: 'Stop watching an instrument' }

/** What happens when an instrument of others is let go, before anybody does it. */
export default async function LetGoPageView({ params }: { params: Promise<{ address: string }> }) {
  const officer = await requireOfficer()
  const result = await getLetGoPage(officer, (await params).address)
  if (!result.ok) notFound()
  const { asOf, watched } = result.value
  const { symbol, name, address, isEnding, watchedUntil } = watched
  const isOver = isEnding || watchedUntil !== null
  return (
    <>
      <PageHeader
        crumbs={[
          homeOf(officer),
          { label: 'Instruments', href: '/instruments' },
          { label: symbol, href: `/instruments/${address}` },
        ]}
        title={`Stop watching ${symbol}`}
        asOf={asOf}
      >
        {name}
      </PageHeader>
      <div className="max-w-180">
        <Card title={isOver ? 'It is let go already' : 'What happens'} id="let-go">
          {!isOver && <Consequences page={result.value} />}
          <div className="mt-4 flex flex-wrap items-start gap-2">
            {!isOver && <LetGoButton address={address} />}
            <ButtonLink href={`/instruments/${address}`}>{isOver ? 'Back' : 'Keep watching it'}</ButtonLink>
          </div>
        </Card>
      </div>
    </>
  )
}

function Consequences({ page: { asOf, watched } }: { page: LetGoPage }) {
  const { symbol, address, progress, startBlock } = watched
  return (
    <SummaryList
      items={[
        { term: 'Address', detail: <Address address={address} size="full" /> },
        {
          term: 'The past stays',
          detail: `What is read from block ${groupDigits(startBlock)} on can be looked up as before: transfers, refusals, freezes, and what its contract said.`,
        },
        {
          term: 'The last block',
          detail: progress
            ? 'Its past is still being read: it ends up to where that is, and its balances are never compared with what it says.'
            : `The one at which the index stands when the worker gets to it, within seconds: ${groupDigits(asOf.block)} or soon after. Its pages then say “Watched until block …”.`,
        },
        {
          term: 'Nothing new is read',
          detail: `Transfers, freezes and pauses of ${symbol} after that block are on no page and in no report.`,
        },
        {
          term: 'Balances',
          detail:
            'Supply and balances stay as of that block, are marked so, and are no longer compared with the chain. A doubt about the ledger that this instrument alone raised ends with the next comparison.',
        },
        {
          term: 'The way back',
          detail: 'It can be watched again: what it did meanwhile is then read from the stored blocks.',
        },
      ]}
    />
  )
}
