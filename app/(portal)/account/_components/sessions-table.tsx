import { SignOutButton } from '@/components/shell/sign-out-button'
import { Chip } from '@/components/ui/chip'
import { type Column, DataTable } from '@/components/ui/data-table'
import { Time } from '@/components/ui/time'
import type { AccountSession } from '@/lib/queries/account'
import { RevokeButton } from './revoke-button'

const columns: Column<AccountSession>[] = [
  {
    key: 'browser',
    header: 'Browser',
    lead: true,
    wrap: true,
    cell: ({ userAgent, isThis }) => (
      <span className="flex flex-wrap items-center gap-2">
        <span title={userAgent}>{browserWord(userAgent)}</span>
        {isThis && <Chip status="info">This one</Chip>}
      </span>
    ),
  },
  { key: 'created', header: 'Signed in', cell: ({ createdAt }) => <Time at={createdAt} /> },
  { key: 'seen', header: 'Last used', cell: ({ lastSeenAt }) => <Time at={lastSeenAt} /> },
  { key: 'expires', header: 'Ends at the latest', cell: ({ expiresAt }) => <Time at={expiresAt} /> },
  {
    key: 'end',
    header: 'End it',
    cell: (session) =>
      session.isThis ? (
        <SignOutButton />
      ) : (
        <RevokeButton sessionId={session.id} what={browserWord(session.userAgent)} />
      ),
  },
]

export function SessionsTable({ sessions }: { sessions: AccountSession[] }) {
  return (
    <DataTable
      caption="Where you are signed in"
      columns={columns}
      rows={sessions}
      rowKey={({ id }) => id}
      empty="You are signed in nowhere."
    />
  )
}

/** A word to tell one's own browsers apart; the whole text is in the title. */
function browserWord(userAgent: string): string {
  const browsers = [
    ['Firefox/', 'Firefox'],
    ['Edg/', 'Edge'],
    ['Chrome/', 'Chrome'],
    ['Safari/', 'Safari'],
  ] as const
  const systems = [
    ['Android', 'Android'],
    ['iPhone', 'iPhone'],
    ['Windows', 'Windows'],
    ['Mac OS', 'macOS'],
    ['Linux', 'Linux'],
  ] as const
  const find = (words: readonly (readonly [string, string])[]) =>
    words.find(([mark]) => userAgent.includes(mark))?.[1]
  const browser = find(browsers) ?? (userAgent.split('/')[0]?.slice(0, 40) || 'Unknown browser')
  const system = find(systems)
  return system ? `${browser} on ${system}` : browser
}
