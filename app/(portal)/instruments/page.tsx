import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { ButtonLink } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import { homeOf, PageHeader } from '@/components/ui/page-header'
import { RefreshWhile } from '@/components/ui/refresh-while'
import { requireOfficer } from '@/lib/auth/require-officer'
import { getInstrumentsPage } from '@/lib/queries/instruments'
import { InstrumentsTable } from './_components/instruments-table'
import { UnknownNotice } from './_components/unknown-notice'
import { WatchedList } from './_components/watched-list'

export const metadata: Metadata = { title: 'Instruments' }

export default async function InstrumentsPageView() {
  const officer = await requireOfficer()
  const result = await getInstrumentsPage(officer)
  if (!result.ok) notFound()
  const { asOf, rows, watched, unknown, mayWatch } = result.value
  const isMoving = watched.some(({ progress, isEnding }) => progress !== null || isEnding)
  return (
    <>
      <PageHeader
        crumbs={[homeOf(officer), { label: 'Ledger' }]}
        title="Instruments"
        asOf={asOf}
        actions={mayWatch && <ButtonLink href="/instruments/watch">Watch another instrument</ButtonLink>}
      />
      <UnknownNotice rows={rows} unknown={unknown} />
      <Card flush>
        <InstrumentsTable rows={rows} isAuthority={officer.side === 'authority'} />
      </Card>
      {watched.length > 0 && (
        <div className="mt-4">
          <Card title="Watched, and not of this ledger" id="watched" flush>
            <WatchedList rows={watched} />
          </Card>
        </div>
      )}
      {watched.length > 0 && (
        <RefreshWhile
          isMoving={isMoving}
          says={isMoving ? 'What is watched is changing.' : 'What is watched is not changing.'}
        />
      )}
    </>
  )
}
