import type { Hex } from 'viem'
import type { Tx } from './client'
import { Prisma } from './generated/client'
import type { PublicPerson } from './person'

export type SessionWithPerson = {
  /** SHA-256 of the token: who reads it cannot sign in with it. */
  id: string
  createdAt: Date
  lastSeenAt: Date
  /** Exclusive. */
  expiresAt: Date
  revokedAt: Date | null
  userAgent: string
  person: PublicPerson
  /** The database's clock, by which the times are judged. */
  now: Date
}

/** Also one that has ended: the caller judges. */
export async function findSession(tx: Tx, id: string): Promise<SessionWithPerson | undefined> {
  const rows = await tx.$queryRaw<Row[]>`${select} WHERE s.id = ${id}`
  return rows[0] && toRecord(rows[0])
}

/** The same of many at once, in no order. */
export async function findSessions(tx: Tx, ids: readonly string[]): Promise<SessionWithPerson[]> {
  const rows = await tx.$queryRaw<Row[]>`${select} WHERE s.id = ANY(${ids})`
  return rows.map(toRecord)
}

/** Neither revoked nor expired, last seen first. */
export async function listSessions(tx: Tx, personId: string): Promise<SessionWithPerson[]> {
  const rows = await tx.$queryRaw<Row[]>`${select}
    WHERE s.person_id = ${personId}::uuid AND s.revoked_at IS NULL AND s.expires_at > now()
    ORDER BY s.last_seen_at DESC, s.id`
  return rows.map(toRecord)
}

/** Everybody's, last seen first; for administrators and auditors. */
export async function listAllSessions(tx: Tx): Promise<SessionWithPerson[]> {
  const rows = await tx.$queryRaw<Row[]>`${select}
    WHERE s.revoked_at IS NULL AND s.expires_at > now() ORDER BY s.last_seen_at DESC, s.id LIMIT 500`
  return rows.map(toRecord)
}

type NewSession = { id: string; personId: string; lifetimeMs: number; userAgent: string }

export async function insertSession(tx: Tx, session: NewSession): Promise<void> {
  const { id, personId, lifetimeMs, userAgent } = session
  await tx.$executeRaw`INSERT INTO session (id, person_id, expires_at, user_agent)
    VALUES (${id}, ${personId}::uuid, now() + ${lifetimeMs} * interval '1 millisecond', ${userAgent})`
}

export async function updateSessionSeen(tx: Tx, id: string): Promise<void> {
  await tx.$executeRaw`UPDATE session SET last_seen_at = now() WHERE id = ${id}`
}

/** @returns false if there is none, or it was revoked or expired before */
export async function updateSessionRevoked(tx: Tx, id: string): Promise<boolean> {
  const count = await tx.$executeRaw`UPDATE session SET revoked_at = now()
    WHERE id = ${id} AND revoked_at IS NULL AND expires_at > now()`
  return count === 1
}

/** All of a person, e.g. when they are disabled. @returns how many ended */
export async function updateSessionsRevoked(tx: Tx, personId: string): Promise<number> {
  return tx.$executeRaw`UPDATE session SET revoked_at = now()
    WHERE person_id = ${personId}::uuid AND revoked_at IS NULL AND expires_at > now()`
}

/** Rows nobody needs any more; the journal keeps what happened. @returns how many */
export async function deleteSessions(tx: Tx, { endedBefore }: { endedBefore: Date }): Promise<number> {
  return tx.$executeRaw`DELETE FROM session WHERE LEAST(expires_at, revoked_at) < ${endedBefore}`
}

type Row = Omit<SessionWithPerson, 'person'> & {
  personId: string
  username: string
  name: string
  side: string
  role: string
  firmId: number | null
  chainPerson: string
  disabledAt: Date | null
  personCreatedAt: Date
}

const select = Prisma.sql`SELECT s.id, s.created_at AS "createdAt", s.last_seen_at AS "lastSeenAt",
  s.expires_at AS "expiresAt", s.revoked_at AS "revokedAt", s.user_agent AS "userAgent", now() AS now,
  p.id AS "personId", p.username, p.name, p.side, p.role, p.firm_id AS "firmId", p.chain_person AS "chainPerson",
  p.disabled_at AS "disabledAt", p.created_at AS "personCreatedAt"
  FROM session s JOIN person p ON p.id = s.person_id`

function toRecord(row: Row): SessionWithPerson {
  const { personId, username, name, side, role, firmId, chainPerson, disabledAt, personCreatedAt, ...own } =
    row
  const person = { id: personId, username, name, side, role, firmId, disabledAt, createdAt: personCreatedAt }
  return { ...own, person: { ...person, chainPerson: chainPerson as Hex } }
}
