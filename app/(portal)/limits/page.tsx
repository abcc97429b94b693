import type { Metadata } from 'next'
import { ButtonLink } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import { Select } from '@/components/ui/field'
import { FilterBar } from '@/components/ui/filter-bar'
import { Link } from '@/components/ui/link'
import { Notice } from '@/components/ui/notice'
import { homeOf, PageHeader } from '@/components/ui/page-header'
import { Pagination } from '@/components/ui/pagination'
import { readView } from '@/components/ui/read-view'
import { requireOfficer } from '@/lib/auth/require-officer'
import { getLimitsPage } from '@/lib/queries/limits'
import { ChangesTable } from './_components/changes-table'
import { TiersTable } from './_components/tiers-table'
import { UseTable } from './_components/use-table'
import { kinds, type Params, parseSearch, path, shares, tagsOf, toHref, windows } from './search'

export const metadata: Metadata = { title: 'Limits' }

const any = { value: '', label: 'Any' }
const choices = (names: Record<string, string>) =>
  Object.entries(names).map(([value, label]) => ({ value, label }))

export default async function LimitsPage({ searchParams }: { searchParams: Promise<Params> }) {
  const officer = await requireOfficer()
  const search = parseSearch(await searchParams)
  const [result, view] = await Promise.all([getLimitsPage(officer, search), readView()])
  const crumbs = [homeOf(officer), { label: 'Supervision' }]
  if (!result.ok) {
    return (
      <>
        <PageHeader crumbs={crumbs} title="Limits" />
        <Notice status="warning" title={result.refusal.message}>
          <ButtonLink href={path}>Go to the first page</ButtonLink>
        </Notice>
      </>
    )
  }
  const { asOf, rows, next, tiers, changes, mayPropose } = result.value
  const tags = tagsOf(search)
  return (
    <>
      <PageHeader
        crumbs={crumbs}
        title="Limits"
        asOf={asOf}
        actions={
          mayPropose && (
            <ButtonLink kind="primary" href="/limits/propose">
              Propose a change
            </ButtonLink>
          )
        }
      />
      <FilterBar action={path} tags={tags}>
        <Select name="kind" label="Of" defaultValue={search.kind ?? ''} options={[any, ...choices(kinds)]} />
        <Select
          name="window"
          label="Window"
          defaultValue={search.window ?? ''}
          options={[any, ...choices(windows)]}
        />
        <Select
          name="least"
          label="Used at least"
          defaultValue={search.least ?? ''}
          options={[any, ...shares.map((value) => ({ value, label: `${value} %` }))]}
        />
      </FilterBar>
      <div className="space-y-4">
        <div>
          <Card title="Closest to their line" id="use" flush>
            <UseTable
              rows={rows}
              mayPropose={mayPropose}
              zone={view.zone}
              empty={
                tags.length > 0 ? (
                  <>
                    <p className="mb-3">No limit is so close.</p>
                    <ButtonLink href={path}>Show all limits</ButtonLink>
                  </>
                ) : (
                  'No limit is in use yet.'
                )
              }
            />
          </Card>
          <Pagination
            newer={search.after && toHref({ ...search, after: undefined })}
            older={next ? toHref({ ...search, after: next }) : undefined}
            words={{ newer: 'First page', older: 'Next page' }}
            note={search.after || next ? '25 a page' : undefined}
          />
        </div>
        <Card title="Tiers" id="tiers" flush>
          <TiersTable rows={tiers} mayPropose={mayPropose} />
        </Card>
        <Card
          title="Last changes"
          id="changes"
          flush
          action={<Link href="/limits/history">All changes</Link>}
        >
          <ChangesTable rows={changes} zone={view.zone} />
        </Card>
      </div>
    </>
  )
}
