import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { kindTitles } from '@/components/measures/kind-words'
import { NoWallet } from '@/components/orders/no-wallet'
import { PageHeader } from '@/components/ui/page-header'
import { requireOfficer } from '@/lib/auth/require-officer'
import { getMeasureProposalPage } from '@/lib/queries/measure-proposal'
import { MeasureForm } from './_components/measure-form'

export const metadata: Metadata = { title: 'Propose a measure' }

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> }

export default async function ProposeMeasureView({ searchParams }: Props) {
  const officer = await requireOfficer()
  const search = await searchParams
  const one = (name: string) => (typeof search[name] === 'string' ? search[name] : undefined)
  const result = await getMeasureProposalPage(officer, {
    kind: one('kind'),
    identity: one('identity'),
    account: one('account'),
    instrument: one('instrument'),
  })
  if (!result.ok) notFound()
  const page = result.value
  const { asOf, kind, customer, subject } = page
  const name = customer?.name ?? subject?.symbol ?? ''
  return (
    <>
      <PageHeader
        crumbs={[
          { label: 'Plimsoll', href: '/' },
          ...(customer
            ? [
                { label: 'Customers', href: '/customers' },
                { label: name, href: `/customers/${customer.identity}` },
              ]
            : [
                { label: 'Instruments', href: '/instruments' },
                { label: name, href: `/instruments/${subject?.address}` },
              ]),
          { label: kindTitles[kind].label },
        ]}
        title={kindTitles[kind].title(name)}
        asOf={asOf}
      >
        {kindTitles[kind].means}
      </PageHeader>
      <div className="max-w-160">{page.hasWallet ? <MeasureForm page={page} /> : <NoWallet />}</div>
    </>
  )
}
