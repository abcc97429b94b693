import type { Tx } from './client'

/** Makes everybody else who asks for the same key wait until this transaction ends. */
export async function lockAttempts(tx: Tx, key: string): Promise<void> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`attempt ${key}`}, 0))`
}

/**
 * Times of the tries within the last `windowMs`, oldest first, and the time it is. By the wall clock and not by
 * the transaction's: whoever waited for the lock began before those who went first.
 */
export async function listAttempts(
  tx: Tx,
  key: string,
  windowMs: number,
): Promise<{ now: Date; times: Date[] }> {
  const [row] = await tx.$queryRaw<{ now: Date; times: Date[] }[]>`
    SELECT clock_timestamp() AS now, coalesce(array_agg(at ORDER BY at), '{}') AS times FROM attempt
    WHERE key = ${key} AND at > clock_timestamp() - ${windowMs} * interval '1 millisecond'`
  return row!
}

/** @returns its id, by which a try that succeeded is struck off */
export async function insertAttempt(tx: Tx, key: string): Promise<bigint> {
  const [row] = await tx.$queryRaw<{ id: bigint }[]>`
    INSERT INTO attempt (key, at) VALUES (${key}, clock_timestamp()) RETURNING id`
  return row!.id
}

/** @returns how many */
export async function deleteAttempts(
  tx: Tx,
  which: { key: string } | { id: bigint } | { before: Date },
): Promise<number> {
  const where = 'before' in which ? { at: { lt: which.before } } : which
  const { count } = await tx.attempt.deleteMany({ where })
  return count
}
