import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { Card } from '@/components/ui/card'
import { Chip } from '@/components/ui/chip'
import { Link } from '@/components/ui/link'
import { Notice } from '@/components/ui/notice'
import { homeOf, PageHeader } from '@/components/ui/page-header'
import { requireOfficer } from '@/lib/auth/require-officer'
import { plural } from '@/lib/format/number'
import { getSearchPage } from '@/lib/queries/search'
import { hrefOf, kindOf, nameOf } from './found'

export const metadata: Metadata = { title: 'Search' }

type Props = { searchParams: Promise<{ q?: string | string[] }> }

/** What can only mean one thing goes straight there; anything else is a list. */
export default async function SearchPageView({ searchParams }: Props) {
  const officer = await requireOfficer()
  const query = [(await searchParams).q ?? ''].flat()[0]?.trim() ?? ''
  const result = await getSearchPage(officer, query)
  const header = (
    <PageHeader crumbs={[homeOf(officer)]} title="Search" asOf={result.ok ? result.value.asOf : undefined} />
  )
  if (!result.ok) {
    return (
      <>
        {header}
        <Notice status="warning" title={result.refusal.message} />
      </>
    )
  }
  const { exact, found } = result.value
  if (exact) redirect(hrefOf(exact))
  return (
    <>
      {header}
      {found.length > 0 ? (
        <Card title={`${plural(found.length, 'result')} for “${query}”`} id="results" flush>
          <ul>
            {found.map((item) => (
              <li
                key={hrefOf(item)}
                className="flex min-h-(--row) flex-wrap items-center gap-x-3 border-t border-hairline px-4 py-1.5"
              >
                <Chip status="info">{kindOf(item)}</Chip>
                <Link href={hrefOf(item)}>{nameOf(item)}</Link>
              </li>
            ))}
          </ul>
        </Card>
      ) : (
        <Card
          title={query === '' ? 'What are you looking for?' : `Nothing found for “${query}”`}
          id="results"
        >
          <p className="mb-2 text-secondary">
            A search finds what is in your view of the ledger. It goes straight there for:
          </p>
          <ul className="list-disc space-y-1 pl-5">
            <li>a transaction or block hash: 0x and 64 hexadecimal digits</li>
            <li>an address of an account, identity or instrument: 0x and 40 digits</li>
            <li>a block number, such as 1,204,331</li>
            <li>a firm’s name or LEI</li>
            <li>a customer’s reference, such as C-10233</li>
            <li>an order’s reference, such as O-2026-00412</li>
          </ul>
        </Card>
      )}
    </>
  )
}
