import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { homeOf, PageHeader } from '@/components/ui/page-header'
import { readView } from '@/components/ui/read-view'
import { requireOfficer } from '@/lib/auth/require-officer'
import { getOverviewPage } from '@/lib/queries/overview'
import { ClosestLimits } from './_components/closest-limits'
import { FactsStrip } from './_components/facts-strip'
import { HourlyChart } from './_components/hourly-chart'
import { NeedsYou } from './_components/needs-you'

export const metadata: Metadata = { title: 'Overview' }

/** Healthy and fresh? What needs me? Who is close to a line? What changed? */
export default async function OverviewPageView() {
  const officer = await requireOfficer()
  const [result, view] = await Promise.all([getOverviewPage(officer), readView()])
  if (!result.ok) notFound()
  const page = result.value
  return (
    <>
      <PageHeader crumbs={[{ label: homeOf(page).label }]} title="Overview" asOf={page.asOf} />
      <div className="grid gap-4">
        <FactsStrip page={page} />
        <div className="grid gap-4 lg:grid-cols-[minmax(0,1fr)_300px]">
          <ClosestLimits page={page} />
          <NeedsYou page={page} />
        </div>
        <HourlyChart day={page.day} zone={view.zone} />
      </div>
    </>
  )
}
