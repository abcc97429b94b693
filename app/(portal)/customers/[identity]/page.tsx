import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { StandingChip } from '@/components/customers/standing-chip'
import { LedgersTable } from '@/components/limits/ledgers-table'
import { LimitList } from '@/components/limits/limit-list'
import { TransfersTable } from '@/components/transfers/transfers-table'
import { ButtonLink } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import { Link } from '@/components/ui/link'
import { homeOf, PageHeader } from '@/components/ui/page-header'
import { Raw, RawData } from '@/components/ui/raw-data'
import { readView } from '@/components/ui/read-view'
import { SummaryList } from '@/components/ui/summary-list'
import { requireOfficer } from '@/lib/auth/require-officer'
import { getCustomerPage } from '@/lib/queries/customer'
import { AccountsTable } from './_components/accounts-table'
import { Allowances } from './_components/allowances'
import { KycHistory } from './_components/kyc-history'
import { Measures } from './_components/measures'
import { StandingMeasures } from './_components/standing-measures'
import { standingSentence } from './_components/standing-sentence'
import { summaryOf } from './_components/summary'

export const metadata: Metadata = { title: 'Customer' }

export default async function CustomerPage({ params }: { params: Promise<{ identity: string }> }) {
  const officer = await requireOfficer()
  const [result, view] = await Promise.all([getCustomerPage(officer, (await params).identity), readView()])
  if (!result.ok) notFound()
  const customer = result.value
  const { identity, reference, transfers, refusals } = customer
  const title = reference ?? 'Customer without a reference'
  return (
    <>
      <PageHeader
        crumbs={[homeOf(officer), { label: 'Customers', href: '/customers' }]}
        title={title}
        status={<StandingChip standing={customer.standing} />}
        asOf={customer.asOf}
        actions={
          <>
            {customer.mayPropose && (
              <ButtonLink href={`/limits/propose?scope=identity&subject=${identity}`}>
                Propose a limit
              </ButtonLink>
            )}
            {customer.mayDecide && (
              <ButtonLink kind="primary" href={`/customers/${identity}/decide`}>
                Decide KYC
              </ButtonLink>
            )}
          </>
        }
      >
        {standingSentence(customer)}
      </PageHeader>
      <StandingMeasures customer={customer} />
      <div className="grid items-start gap-4 lg:grid-cols-3">
        <div className="min-w-0 space-y-4 lg:col-span-2">
          <Card title="The customer" id="customer">
            <SummaryList items={summaryOf(customer)} />
          </Card>
          <Card title="Accounts" id="accounts" flush>
            <AccountsTable rows={customer.accounts} />
          </Card>
          <Card title="Limits and use" id="limits">
            <LimitList lines={customer.limits} of="all accounts and instruments" zone={view.zone} />
            <Allowances rows={customer.allowances} />
          </Card>
        </div>
        <Card title="KYC history" id="history" className="min-w-0">
          <KycHistory steps={customer.history} />
        </Card>
      </div>
      <div className="mt-4 space-y-4">
        {customer.ledgers && (
          <Card title="On every ledger" id="ledgers" flush>
            <LedgersTable ledgers={customer.ledgers} of={title} />
          </Card>
        )}
        <Card title="Measures" id="measures" flush>
          <Measures customer={customer} />
        </Card>
        <Card
          title="Recent transfers"
          id="transfers"
          flush
          action={<Link href={`/transfers?account=${identity}`}>All of them</Link>}
        >
          <TransfersTable
            caption={`Transfers that ${title} sent or received, newest first`}
            rows={transfers}
            zone={view.zone}
            empty="No account of this customer has sent or received anything yet."
          />
        </Card>
        {refusals.length > 0 && (
          <Card
            title="Recently refused"
            id="refused"
            flush
            action={<Link href={`/transfers?account=${identity}&outcome=refused`}>All of them</Link>}
          >
            <TransfersTable
              caption={`Refused transfers of ${title}, newest first`}
              rows={refusals}
              zone={view.zone}
              empty=""
            />
          </Card>
        )}
        <RawData>
          <Raw>
            {JSON.stringify(
              { ...customer, transfers: undefined, refusals: undefined, measures: undefined },
              null,
              2,
            )}
          </Raw>
        </RawData>
      </div>
    </>
  )
}
