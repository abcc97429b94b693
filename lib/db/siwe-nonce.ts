import type { Tx } from './client'

export type NewNonce = { nonce: string; sessionId: string; lifetimeMs: number }
export type NonceTimes = { now: Date; expiresAt: Date }

/** Clears away what expired on the way. @returns times by the database's clock, exact to the millisecond */
export async function insertSiweNonce(
  tx: Tx,
  { nonce, sessionId, lifetimeMs }: NewNonce,
): Promise<NonceTimes> {
  await tx.$executeRaw`DELETE FROM siwe_nonce WHERE expires_at < now()`
  const [row] = await tx.$queryRaw<NonceTimes[]>`
    INSERT INTO siwe_nonce (nonce, session_id, expires_at)
    VALUES (${nonce}, ${sessionId}, now() + ${lifetimeMs} * interval '1 millisecond')
    RETURNING expires_at AS "expiresAt", now()::timestamptz(3) AS now`
  return row!
}

/** Takes it: undefined if this session has no such nonce, or has it no more. An expired one is taken too. */
export async function deleteSiweNonce(
  tx: Tx,
  nonce: string,
  sessionId: string,
): Promise<NonceTimes | undefined> {
  const [row] = await tx.$queryRaw<NonceTimes[]>`
    DELETE FROM siwe_nonce WHERE nonce = ${nonce} AND session_id = ${sessionId}
    RETURNING expires_at AS "expiresAt", now()::timestamptz(3) AS now`
  return row
}
