import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { ButtonLink } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import { homeOf, PageHeader } from '@/components/ui/page-header'
import { requireOfficer } from '@/lib/auth/require-officer'
import { getTrustPage } from '@/lib/queries/trust'
import { IssuersTable } from './_components/issuers-table'
import { TopicsTable } from './_components/topics-table'

export const metadata: Metadata = { title: 'Trust' }

export default async function TrustPageView() {
  const officer = await requireOfficer()
  const result = await getTrustPage(officer)
  if (!result.ok) notFound()
  const { asOf, topics, issuers, mayPropose } = result.value
  return (
    <>
      <PageHeader
        crumbs={[homeOf(officer), { label: 'Ledger' }]}
        title="Trust"
        asOf={asOf}
        actions={
          mayPropose && (
            <>
              <ButtonLink href="/measures/propose?kind=claim-topic">Ask for a claim</ButtonLink>
              <ButtonLink href="/measures/propose?kind=trusted-issuer">Trust an issuer</ButtonLink>
            </>
          )
        }
      >
        Which claims an identity needs besides its KYC, and whose word counts for them. The same holds in
        every instrument and for every firm.
      </PageHeader>
      <div className="space-y-4">
        <Card title="Claims everybody needs" id="topics" flush>
          <TopicsTable rows={topics} mayPropose={mayPropose} />
        </Card>
        <Card title="Trusted issuers" id="issuers" flush>
          <IssuersTable rows={issuers} mayPropose={mayPropose} />
        </Card>
      </div>
    </>
  )
}
