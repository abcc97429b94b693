import type { Metadata } from 'next'
import { Card } from '@/components/ui/card'
import { homeOf, PageHeader } from '@/components/ui/page-header'
import { readView } from '@/components/ui/read-view'
import { SummaryList } from '@/components/ui/summary-list'
import { requireOfficer } from '@/lib/auth/require-officer'
import { sentence } from '@/lib/format/number'
import { getAccountPage } from '@/lib/queries/account'
import { SessionsTable } from './_components/sessions-table'
import { WalletsCard } from './_components/wallets-card'

export const metadata: Metadata = { title: 'Your account' }

export default async function AccountPage() {
  const officer = await requireOfficer()
  const [account, view] = await Promise.all([getAccountPage(officer), readView()])
  const { name, username, role, sessions, wallets, binding } = account
  return (
    <>
      <PageHeader crumbs={[homeOf(officer)]} title="Your account" />
      <div className="space-y-6">
        <Card title="You" id="you">
          <SummaryList
            items={[
              { term: 'Name', detail: name },
              { term: 'Username', detail: <span className="font-mono">{username}</span> },
              { term: 'Role', detail: sentence(role.replaceAll('-', ' ')) },
            ]}
          />
        </Card>
        {(binding || wallets.length > 0) && <WalletsCard wallets={wallets} binding={binding} />}
        <Card title="Where you are signed in" id="sessions" flush>
          <SessionsTable sessions={sessions} zone={view.zone} />
        </Card>
      </div>
    </>
  )
}
