import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { Card } from '@/components/ui/card'
import { homeOf, PageHeader } from '@/components/ui/page-header'
import { requireOfficer } from '@/lib/auth/require-officer'
import { getInstrumentsPage } from '@/lib/queries/instruments'
import { InstrumentsTable } from './_components/instruments-table'

export const metadata: Metadata = { title: 'Instruments' }

export default async function InstrumentsPageView() {
  const officer = await requireOfficer()
  const result = await getInstrumentsPage(officer)
  if (!result.ok) notFound()
  const { asOf, rows } = result.value
  return (
    <>
      <PageHeader crumbs={[homeOf(officer), { label: 'Ledger' }]} title="Instruments" asOf={asOf} />
      <Card flush>
        <InstrumentsTable rows={rows} isAuthority={officer.side === 'authority'} />
      </Card>
    </>
  )
}
