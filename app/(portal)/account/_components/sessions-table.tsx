import { SignOutButton } from '@/components/shell/sign-out-button'
import { Chip } from '@/components/ui/chip'
import { clocked } from '@/components/ui/clocked'
import { type Column, DataTable } from '@/components/ui/data-table'
import { Time } from '@/components/ui/time'
import type { Zone } from '@/lib/format/time'
import type { AccountSession } from '@/lib/queries/account'
import { RevokeButton } from './revoke-button'

const columnsIn = (zone: Zone): Column<AccountSession>[] => [
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
  {
    key: 'created',
    header: clocked('Signed in', zone),
    cell: ({ createdAt }) => <Time at={createdAt} as="row" />,
  },
  {
    key: 'seen',
    header: clocked('Last used', zone),
    cell: ({ lastSeenAt }) => <Time at={lastSeenAt} as="row" />,
  },
  {
    key: 'expires',
    header: clocked('Ends by', zone),
    cell: ({ expiresAt }) => <Time at={expiresAt} as="row" />,
  },
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

export function SessionsTable({ sessions, zone }: { sessions: AccountSession[]; zone: Zone }) {
  return (
    <DataTable
      caption="Where you are signed in"
      columns={columnsIn(zone)}
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
