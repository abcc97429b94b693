import 'server-only'
import { may, type Officer } from '@/lib/auth/officer'
import type { Role } from '@/lib/auth/permissions'
import { type Tx, withActor } from '@/lib/db/client'
import { findFirm } from '@/lib/db/firm'
import { listOrders } from '@/lib/db/order'
import { env } from '@/lib/env'
import { type AsOf, getAsOf } from './as-of'
import { getEnvironmentName } from './environment'

export type SectionKey =
  | 'overview'
  | 'transfers'
  | 'firms'
  | 'customers'
  | 'limits'
  | 'measures'
  | 'orders'
  | 'reports'
  | 'instruments'
  | 'trust'
  | 'integrity'
  | 'people'

/** What stands around every page. */
export type Shell = {
  asOf: AsOf
  environment: ReturnType<typeof getEnvironmentName>
  /** `count`: what waits there for this person; `isCapped`: or more. */
  sections: { key: SectionKey; count?: number; isCapped?: boolean }[]
  person: { name: string; initials: string; role: string; place: string; side: Officer['side'] }
}

export async function getShell(officer: Officer): Promise<Shell> {
  return withActor(officer, async (tx) => ({
    asOf: await getAsOf(tx),
    environment: getEnvironmentName(),
    sections: await sectionsOf(tx, officer),
    person: {
      name: officer.name,
      initials: initialsOf(officer.name),
      role: roleNames[officer.role],
      place: await placeOf(tx, officer),
      side: officer.side,
    },
  }))
}

export const roleNames: Record<Role, string> = {
  analyst: 'Analyst',
  officer: 'Officer',
  approver: 'Approver',
  supervisor: 'Supervisor',
  auditor: 'Auditor',
  administrator: 'Administrator',
  'compliance-officer': 'Compliance officer',
  viewer: 'Viewer',
}

const initialsOf = (name: string): string => {
  const words = name.split(/\s+/).filter(Boolean)
  return ((words[0]?.[0] ?? '') + (words.length > 1 ? (words.at(-1)?.[0] ?? '') : '')).toUpperCase()
}

async function placeOf(tx: Tx, officer: Officer): Promise<string> {
  if (officer.firmId === null) return 'Authority'
  return (await findFirm(tx, env().chainId, officer.firmId))?.name ?? `Firm ${officer.firmId}`
}

async function sectionsOf(tx: Tx, officer: Officer): Promise<Shell['sections']> {
  const isAuthority = officer.side === 'authority'
  return [
    { key: 'overview' },
    { key: 'transfers' },
    // A firm's own page is its entry in the list that the authority reads.
    { key: 'firms' },
    { key: 'customers' },
    { key: 'limits' },
    { key: 'measures' },
    { key: 'orders', ...(isAuthority && (await countWaiting(tx, officer))) },
    ...(may(officer, 'export:report') ? ([{ key: 'reports' }] as const) : []),
    { key: 'instruments' },
    { key: 'trust' },
    ...(may(officer, 'read:integrity') ? ([{ key: 'integrity' }] as const) : []),
    ...(may(officer, 'read:roles') ? ([{ key: 'people' }] as const) : []),
  ]
}

const mostWaiting = 99

async function countWaiting(tx: Tx, officer: Officer): Promise<{ count: number; isCapped: boolean }> {
  const waiting = await listOrders(tx, {
    chainId: env().chainId,
    tab: 'needs-me',
    personId: officer.personId,
    approves: may(officer, 'approve:order'),
    now: new Date(),
    take: mostWaiting,
  })
  return { count: waiting.length, isCapped: waiting.length === mostWaiting }
}
