import 'server-only'
import type { Tx } from '@/lib/db/client'
import {
  findSession,
  findSessions,
  insertSession,
  type SessionWithPerson,
  updateSessionRevoked,
  updateSessionSeen,
} from '@/lib/db/session'
import { env } from '@/lib/env'
import { mintOfficer, type Officer } from './officer'
import { type Role, roles, type Side } from './permissions'
import { hashToken, newSessionToken } from './token'

export type SignedIn = { officer: Officer; session: SessionWithPerson }

const hour = 3_600_000
const minute = 60_000

/** The row, judged by the database's clock: not revoked, not expired, not idle, its person not disabled. */
export async function findSignedIn(tx: Tx, sessionId: string): Promise<SignedIn | undefined> {
  const session = await findSession(tx, sessionId)
  if (!session || !isLive(session, idleMs())) return undefined
  return { session, officer: officerOf(session) }
}

/** The same of many at once: the officers of those that are live, by session. */
export async function findManySignedIn(
  tx: Tx,
  sessionIds: readonly string[],
): Promise<ReadonlyMap<string, Officer>> {
  const found = await findSessions(tx, sessionIds)
  // One person whose role does not exist must not cost the others their answer.
  const live = found.filter((one) => isLive(one, idleMs()) && isRoleOf(one.person.side, one.person.role))
  return new Map(live.map((session) => [session.id, officerOf(session)]))
}

const idleMs = () => env().sessionIdleMinutes * minute

export function isLive(session: SessionWithPerson, idleMs: number): boolean {
  const { now, person } = session
  return (
    session.revokedAt === null &&
    session.expiresAt > now &&
    session.lastSeenAt.getTime() + idleMs > now.getTime() &&
    person.disabledAt === null
  )
}

/** Once a minute is often enough to tell an idle session, and spares a write a request. */
export async function touchSession(tx: Tx, { session }: SignedIn): Promise<void> {
  if (session.now.getTime() - session.lastSeenAt.getTime() > minute) await updateSessionSeen(tx, session.id)
}

/** A new row with a new token, always: what a browser brought along is never adopted, so none can be planted. */
export async function openSession(tx: Tx, personId: string, userAgent: string): Promise<string> {
  const token = newSessionToken()
  await insertSession(tx, {
    id: hashToken(token),
    personId,
    lifetimeMs: env().sessionHours * hour,
    userAgent: userAgent.slice(0, 200).replace(/[\p{Cc}\p{Cs}]/gu, ' '),
  })
  return token
}

/** @returns whether it was live until now, so that a second sign-out writes no second line. */
export const closeSession = (tx: Tx, sessionId: string): Promise<boolean> =>
  updateSessionRevoked(tx, sessionId)

function officerOf({ id, person }: SessionWithPerson): Officer {
  if (!isRoleOf(person.side, person.role)) {
    throw new Error(
      `Person ${person.username} has role ${person.role} on side ${person.side}, which does not exist`,
    )
  }
  return mintOfficer({
    personId: person.id,
    sessionId: id,
    username: person.username,
    name: person.name,
    side: person.side as Side,
    role: person.role as Role,
    firmId: person.firmId,
    chainPerson: person.chainPerson,
  })
}

const isRoleOf = (side: string, role: string): boolean =>
  side in roles && (roles[side as Side] as readonly string[]).includes(role)
