import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { ButtonLink } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import { Notice } from '@/components/ui/notice'
import { homeOf, PageHeader } from '@/components/ui/page-header'
import { Pagination } from '@/components/ui/pagination'
import { RefreshWhile } from '@/components/ui/refresh-while'
import { requireOfficer } from '@/lib/auth/require-officer'
import { getReportsPage } from '@/lib/queries/reports'
import { ReportsList } from './_components/reports-list'

export const metadata: Metadata = { title: 'Reports' }

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> }

export default async function ReportsPage({ searchParams }: Props) {
  const officer = await requireOfficer()
  const after = [(await searchParams).after].flat()[0]?.slice(0, 300) || undefined
  const result = await getReportsPage(officer, { after })
  const crumbs = [homeOf(officer)]
  if (!result.ok) {
    if (result.refusal.code === 'not-permitted') notFound()
    return (
      <>
        <PageHeader crumbs={crumbs} title="Reports" />
        <Notice status="warning" title={result.refusal.message}>
          <ButtonLink href="/reports">Go to the first page</ButtonLink>
        </Notice>
      </>
    )
  }
  const { asOf, rows, next } = result.value
  const isMoving = rows.some(({ state }) => state === 'waiting' || state === 'running')
  return (
    <>
      <PageHeader
        crumbs={crumbs}
        title="Reports"
        asOf={asOf}
        actions={
          <ButtonLink kind="primary" href="/reports/request">
            Request a transfer register
          </ButtonLink>
        }
      />
      <RefreshWhile
        isMoving={isMoving}
        says={isMoving ? 'A report is being written.' : 'No report is being written.'}
      />
      <Card flush>
        <ReportsList rows={rows} />
      </Card>
      <Pagination
        newer={after && '/reports'}
        older={next ? `/reports?after=${next}` : undefined}
        words={{ newer: 'First page', older: 'Next page' }}
        note={after || next ? '25 a page' : undefined}
      />
      <p className="mt-4 max-w-[80ch] text-secondary">
        A register holds final blocks only, so the same question at the same block gives the same file, byte
        for byte. The SHA-256 shown here is of the whole file, as{' '}
        <code className="font-mono text-12">sha256sum</code> prints it. The last line of the file has another:
        the digest of everything above that line, so that the file can be checked by itself. Check both, and
        every row against the chain, with{' '}
        <code className="font-mono text-12">npm run verify:report -- file.csv --rpc URL</code>.
      </p>
    </>
  )
}
