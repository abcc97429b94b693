import type { Metadata } from 'next'
import { MeasuresTable } from '@/components/measures/measures-table'
import { ButtonLink } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import { Notice } from '@/components/ui/notice'
import { homeOf, PageHeader } from '@/components/ui/page-header'
import { Pagination } from '@/components/ui/pagination'
import { Tabs } from '@/components/ui/tabs'
import { requireOfficer } from '@/lib/auth/require-officer'
import { getMeasuresPage, type MeasureTab } from '@/lib/queries/measures'

export const metadata: Metadata = { title: 'Measures' }

const tabLabels: Record<MeasureTab, string> = {
  standing: 'In force',
  overdue: 'Overdue for review',
  lapsed: 'Lapsed',
  lifted: 'Lifted',
}
const empty: Record<MeasureTab, string> = {
  standing: 'No account is frozen and no instrument is paused.',
  overdue: 'No measure in force is past its review.',
  lapsed: 'No measure has lapsed yet.',
  lifted: 'No measure has been lifted yet.',
}

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> }

export default async function MeasuresPageView({ searchParams }: Props) {
  const officer = await requireOfficer()
  const search = await searchParams
  const one = (name: string) => (typeof search[name] === 'string' ? search[name] : undefined)
  const result = await getMeasuresPage(officer, { tab: one('tab'), after: one('after') })
  const crumbs = [homeOf(officer), { label: 'Supervision' }]
  if (!result.ok) {
    return (
      <>
        <PageHeader crumbs={crumbs} title="Measures" />
        <Notice status="warning" title={result.refusal.message}>
          <ButtonLink href="/measures">Go to the first page</ButtonLink>
        </Notice>
      </>
    )
  }
  const { asOf, tab, tabs, rows, next } = result.value
  const href = (name: string, after?: string) => `/measures?tab=${name}${after ? `&after=${after}` : ''}`
  return (
    <>
      <PageHeader crumbs={crumbs} title="Measures" asOf={asOf}>
        {officer.side === 'authority'
          ? 'Freezes of accounts and pauses of instruments. A customer’s page and an instrument’s page lead to new ones.'
          : 'Freezes of your customers’ accounts, and pauses of instruments, which concern everybody.'}
      </PageHeader>
      <Tabs
        label="Measures"
        tabs={tabs.map((each) => ({
          href: href(each.tab),
          label: tabLabels[each.tab],
          count: each.count,
          current: each.tab === tab,
        }))}
      />
      <Card flush>
        <MeasuresTable caption={`Measures: ${tabLabels[tab]}, newest first`} rows={rows} empty={empty[tab]} />
      </Card>
      <Pagination
        newer={one('after') && href(tab)}
        older={next ? href(tab, next) : undefined}
        words={{ newer: 'First page', older: 'Next page' }}
      />
    </>
  )
}
