import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { ButtonLink } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import { Link } from '@/components/ui/link'
import { PageHeader } from '@/components/ui/page-header'
import { requireOfficer } from '@/lib/auth/require-officer'
import { getPeoplePage } from '@/lib/queries/people'
import { DeputiesTable } from './_components/deputies-table'
import { HoldersTable } from './_components/holders-table'
import { SignaturesTable } from './_components/signatures-table'

export const metadata: Metadata = { title: 'People' }

export default async function PeoplePageView() {
  const officer = await requireOfficer()
  const result = await getPeoplePage(officer)
  if (!result.ok) notFound()
  const { asOf, holders, deputies, signatures, mayPropose } = result.value
  return (
    <>
      <PageHeader
        crumbs={[{ label: 'Authority', href: '/' }, { label: 'Ledger' }]}
        title="People"
        asOf={asOf}
        actions={
          mayPropose && (
            <>
              <ButtonLink href="/measures/propose?kind=roles">Give roles to a wallet</ButtonLink>
              <ButtonLink href="/measures/propose?kind=deputy">Appoint a deputy</ButtonLink>
            </>
          )
        }
      >
        Whose signature the contracts take, and for whom. Accounts of this portal are kept apart.
      </PageHeader>
      <div className="space-y-4">
        <Card title="Roles on chain" id="roles" flush>
          <HoldersTable rows={holders} mayPropose={mayPropose} />
        </Card>
        <Card title="Deputies" id="deputies" flush>
          <DeputiesTable rows={deputies} mayPropose={mayPropose} />
        </Card>
        <Card
          title="Signatures that orders need"
          id="signatures"
          flush
          action={mayPropose && <Link href="/measures/propose?kind=signatures">Propose a change</Link>}
        >
          <SignaturesTable rows={signatures} />
        </Card>
      </div>
    </>
  )
}
