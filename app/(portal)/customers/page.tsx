import type { Metadata } from 'next'
import { ButtonLink } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import { FilterBar } from '@/components/ui/filter-bar'
import { Notice } from '@/components/ui/notice'
import { homeOf, PageHeader } from '@/components/ui/page-header'
import { Pagination } from '@/components/ui/pagination'
import { requireOfficer } from '@/lib/auth/require-officer'
import { groupDigits } from '@/lib/format/number'
import { getCustomersPage } from '@/lib/queries/customers'
import { CustomersTable } from './_components/customers-table'
import { FilterFields } from './_components/filter-fields'
import { type Params, parseSearch, path, tagsOf, toHref } from './search'

export const metadata: Metadata = { title: 'Customers' }

const countedTo = 1_000

export default async function CustomersPage({ searchParams }: { searchParams: Promise<Params> }) {
  const officer = await requireOfficer()
  const search = parseSearch(await searchParams)
  const result = await getCustomersPage(officer, search)
  const crumbs = [homeOf(officer), { label: 'Supervision' }]
  if (!result.ok) {
    return (
      <>
        <PageHeader crumbs={crumbs} title="Customers and accounts" />
        <Notice status="warning" title={result.refusal.message}>
          <ButtonLink href={path}>Go to the first page</ButtonLink>
        </Notice>
      </>
    )
  }
  const page = result.value
  const tags = tagsOf(search, page)
  const isWrong = Object.keys(page.fields).length > 0
  const total = page.total >= countedTo ? `${groupDigits(countedTo)} or more` : groupDigits(page.total)
  return (
    <>
      <PageHeader crumbs={crumbs} title="Customers and accounts" asOf={page.asOf} />
      <FilterBar
        action={path}
        tags={tags}
        total={isWrong || page.total === 0 ? undefined : `${total} match`}
        open={isWrong}
      >
        <FilterFields search={search} page={page} />
      </FilterBar>
      <Card flush>
        <CustomersTable
          rows={page.rows}
          showFirm={officer.side === 'authority'}
          empty={
            tags.length > 0 ? (
              <>
                <p className="mb-3">
                  {isWrong
                    ? 'Nothing was searched: a filter above cannot be used.'
                    : 'No customer matches these filters.'}
                </p>
                <ButtonLink href={path}>Show all customers</ButtonLink>
              </>
            ) : (
              'No customer is registered on the ledger yet.'
            )
          }
        />
      </Card>
      <Pagination
        newer={search.after && toHref({ ...search, after: undefined })}
        older={page.next ? toHref({ ...search, after: page.next }) : undefined}
        words={{ newer: 'First page', older: 'Next page' }}
        note={search.after || page.next ? '50 a page' : undefined}
      />
    </>
  )
}
