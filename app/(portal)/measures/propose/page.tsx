import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { kindTitles } from '@/components/measures/kind-words'
import { NoWallet } from '@/components/orders/no-wallet'
import { PageHeader } from '@/components/ui/page-header'
import { requireOfficer } from '@/lib/auth/require-officer'
import { getMeasureProposalPage } from '@/lib/queries/measure-proposal'
import { MeasureForm } from './_components/measure-form'

export const metadata: Metadata = { title: 'Propose a measure' }

const trust = { label: 'Trust', href: '/trust' }
const people = { label: 'People', href: '/people' }

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> }

export default async function ProposeMeasureView({ searchParams }: Props) {
  const officer = await requireOfficer()
  const search = await searchParams
  const given = Object.entries(search).filter(
    (entry): entry is [string, string] => typeof entry[1] === 'string',
  )
  const result = await getMeasureProposalPage(officer, Object.fromEntries(given))
  if (!result.ok) notFound()
  const page = result.value
  const { asOf, kind, customer, subject } = page
  const name = customer?.name ?? subject?.symbol ?? ''
  const crumbs = customer
    ? [
        { label: 'Customers', href: '/customers' },
        { label: name, href: `/customers/${customer.identity}` },
      ]
    : subject
      ? [
          { label: 'Instruments', href: '/instruments' },
          { label: name, href: `/instruments/${subject.address}` },
        ]
      : [kind === 'trusted-issuer' || kind === 'claim-topic' ? trust : people]
  return (
    <>
      <PageHeader
        crumbs={[{ label: 'Plimsoll', href: '/' }, ...crumbs, { label: kindTitles[kind].label }]}
        title={kindTitles[kind].title(name)}
        asOf={asOf}
      >
        {kindTitles[kind].means}
      </PageHeader>
      <div className="max-w-160">{page.hasWallet ? <MeasureForm page={page} /> : <NoWallet />}</div>
    </>
  )
}
