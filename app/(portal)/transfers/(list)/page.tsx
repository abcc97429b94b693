import type { Metadata } from 'next'
import { TransfersTable } from '@/components/transfers/transfers-table'
import { ButtonLink } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import { ErrorSummary } from '@/components/ui/error-summary'
import { FilterBar } from '@/components/ui/filter-bar'
import { Notice } from '@/components/ui/notice'
import { homeOf, PageHeader } from '@/components/ui/page-header'
import { Pagination } from '@/components/ui/pagination'
import { readView } from '@/components/ui/read-view'
import { may } from '@/lib/auth/officer'
import { requireOfficer } from '@/lib/auth/require-officer'
import { approximately, groupDigits } from '@/lib/format/number'
import { getTransfersPage, type TransfersPage } from '@/lib/queries/transfers'
import { exportHref, filtersOf, type Params, parseSearch, path, tagsOf, toHref, toQuery } from '../search'
import { ColumnChooser } from './_components/column-chooser'
import { FilterFields } from './_components/filter-fields'
import { NewTransfersPill } from './_components/new-transfers-pill'

export const metadata: Metadata = { title: 'Transfers' }

export default async function TransfersPageView({ searchParams }: { searchParams: Promise<Params> }) {
  const officer = await requireOfficer()
  const search = parseSearch(await searchParams)
  const [result, view] = await Promise.all([getTransfersPage(officer, search), readView()])
  const crumbs = [homeOf(officer), { label: 'Ledger' }]
  if (!result.ok) {
    return (
      <>
        <PageHeader crumbs={crumbs} title="Transfers" />
        <Notice status="warning" title={result.refusal.message}>
          <ButtonLink href={path} className="mt-2">
            Go to the first page
          </ButtonLink>
        </Notice>
      </>
    )
  }
  const page = result.value
  const filters = filtersOf(search)
  const tags = tagsOf(search, page.choices)
  const isWrong = Object.keys(page.fields).length > 0
  const isFirst = !search.after && !search.before
  return (
    <>
      <PageHeader crumbs={crumbs} title="Transfers" asOf={page.asOf} />
      <ErrorSummary
        errors={Object.entries(page.fields).map(([field, message]) => ({ field, message }))}
        title="A filter cannot be used"
      />
      <FilterBar
        action={path}
        tags={tags}
        total={isWrong ? undefined : totalOf(page.total)}
        open={isWrong}
        keep={search.hide ? { hide: search.hide } : undefined}
        actions={
          <>
            <ColumnChooser state={filters} />
            {may(officer, 'export:report') && <ButtonLink href={exportHref(search)}>Export</ButtonLink>}
          </>
        }
      >
        <FilterFields search={search} choices={page.choices} errors={page.fields} />
      </FilterBar>
      <Card flush>
        {isFirst && !isWrong && (
          <NewTransfersPill
            query={toQuery({ ...filters, hide: undefined })}
            block={page.asOf.block}
            hash={page.asOf.hash}
          />
        )}
        <TransfersTable
          caption="Settled and refused transfers, newest first"
          rows={page.rows}
          zone={view.zone}
          hidden={search.hide}
          empty={isWrong ? 'Nothing was searched: a filter above cannot be used.' : emptyOf(tags.length > 0)}
        />
      </Card>
      <Pagination
        newer={page.newer && toHref({ ...filters, before: page.newer })}
        older={page.older && toHref({ ...filters, after: page.older })}
        note="50 a page"
      />
    </>
  )
}

const totalOf = ({ count, isExact }: TransfersPage['total']): string =>
  count === 0 ? '' : `${isExact ? groupDigits(count) : approximately(count)} match`

const emptyOf = (isFiltered: boolean) =>
  isFiltered ? (
    <>
      <p className="mb-3">No transfer matches these filters.</p>
      <ButtonLink href={path}>Show all transfers</ButtonLink>
    </>
  ) : (
    'No transfer is indexed yet. The first appears here by itself.'
  )
