import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { ButtonLink } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import { TextInput } from '@/components/ui/field'
import { FilterBar } from '@/components/ui/filter-bar'
import { Notice } from '@/components/ui/notice'
import { PageHeader } from '@/components/ui/page-header'
import { Pagination } from '@/components/ui/pagination'
import { requireOfficer } from '@/lib/auth/require-officer'
import { getFirmsPage } from '@/lib/queries/firms'
import { FirmsTable } from './_components/firms-table'
import { type Params, parseSearch, path, toHref } from './search'

export const metadata: Metadata = { title: 'Firms' }

const crumbs = [{ label: 'Authority', href: '/' }, { label: 'Supervision' }]

export default async function FirmsPage({ searchParams }: { searchParams: Promise<Params> }) {
  const officer = await requireOfficer()
  // A firm has one firm to look at: its own.
  if (officer.firmId !== null) redirect(`/firms/${officer.firmId}`)
  const search = parseSearch(await searchParams)
  const result = await getFirmsPage(officer, search)
  if (!result.ok) {
    return (
      <>
        <PageHeader crumbs={crumbs} title="Firms" />
        <Notice status="warning" title={result.refusal.message}>
          <ButtonLink href={path}>Go to the first page</ButtonLink>
        </Notice>
      </>
    )
  }
  const { asOf, rows, next } = result.value
  const tags = search.text ? [{ label: 'Name or LEI', value: search.text, remove: path }] : []
  return (
    <>
      <PageHeader crumbs={crumbs} title="Firms" asOf={asOf} />
      <FilterBar action={path} tags={tags}>
        <TextInput
          name="text"
          label="Name or LEI"
          hint="Part of the name, or the beginning of the LEI"
          defaultValue={search.text}
          maxLength={200}
        />
      </FilterBar>
      <Card flush>
        <FirmsTable
          rows={rows}
          empty={
            search.text ? (
              <>
                <p className="mb-3">No firm is called so.</p>
                <ButtonLink href={path}>Show all firms</ButtonLink>
              </>
            ) : (
              'No firm is registered on the ledger yet.'
            )
          }
        />
      </Card>
      <Pagination
        newer={search.after && toHref({ ...search, after: undefined })}
        older={next ? toHref({ ...search, after: next }) : undefined}
        words={{ newer: 'First page', older: 'Next page' }}
        note={search.after || next ? '50 a page' : undefined}
      />
    </>
  )
}
