import type { Metadata } from 'next'
import { ButtonLink } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import { Notice } from '@/components/ui/notice'
import { homeOf, PageHeader } from '@/components/ui/page-header'
import { Pagination } from '@/components/ui/pagination'
import { readView } from '@/components/ui/read-view'
import { requireOfficer } from '@/lib/auth/require-officer'
import { getLimitHistoryPage } from '@/lib/queries/limit-changes'
import { ChangesTable } from '../_components/changes-table'
import type { Params } from '../search'

export const metadata: Metadata = { title: 'Changes of limits' }

const path = '/limits/history'

export default async function LimitHistoryPage({ searchParams }: { searchParams: Promise<Params> }) {
  const officer = await requireOfficer()
  const after = [(await searchParams).after].flat()[0]?.slice(0, 300) || undefined
  const [result, view] = await Promise.all([getLimitHistoryPage(officer, { after }), readView()])
  const crumbs = [homeOf(officer), { label: 'Limits', href: '/limits' }]
  if (!result.ok) {
    return (
      <>
        <PageHeader crumbs={crumbs} title="Changes of limits" />
        <Notice status="warning" title={result.refusal.message}>
          <ButtonLink href={path}>Go to the first page</ButtonLink>
        </Notice>
      </>
    )
  }
  const { asOf, rows, next } = result.value
  return (
    <>
      <PageHeader crumbs={crumbs} title="Changes of limits" asOf={asOf} />
      <Card flush>
        <ChangesTable rows={rows} zone={view.zone} />
      </Card>
      <Pagination
        newer={after && path}
        older={next ? `${path}?after=${next}` : undefined}
        words={{ newer: 'First page', older: 'Next page' }}
        note={after || next ? '50 a page' : undefined}
      />
    </>
  )
}
