import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { NoWallet } from '@/components/orders/no-wallet'
import { PageHeader } from '@/components/ui/page-header'
import { requireOfficer } from '@/lib/auth/require-officer'
import { getDecidePage } from '@/lib/queries/proposals'
import { DecideForm } from './_components/decide-form'

export const metadata: Metadata = { title: 'Decide KYC' }

type Props = { params: Promise<{ identity: string }> }

export default async function DecidePageView({ params }: Props) {
  const officer = await requireOfficer()
  const result = await getDecidePage(officer, (await params).identity.toLowerCase())
  if (!result.ok) notFound()
  const page = result.value
  return (
    <>
      <PageHeader
        crumbs={[
          { label: 'Authority', href: '/' },
          { label: 'Customers', href: '/customers' },
          { label: page.name, href: `/customers/${page.identity}` },
          { label: 'Decide KYC' },
        ]}
        title={
          <>
            Decide the KYC standing of <span className="inline-block">{page.name}</span>
          </>
        }
        asOf={page.asOf}
      />
      <div className="max-w-160">{page.hasWallet ? <DecideForm page={page} /> : <NoWallet />}</div>
    </>
  )
}
