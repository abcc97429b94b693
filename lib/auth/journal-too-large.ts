import { record, refused } from '@/lib/audit/journal'
import { withGate } from '@/lib/db/client'
import { refuse } from '@/lib/errors/refusal'
import { bodyLimit } from './front-door'
import { TokenBucket } from './token-bucket'

/** Sixty lines at once and then one a second: such a request costs its sender nothing, and a line is kept for ever. */
const lines = new TokenBucket(60, 1)

/** The line of a request that proxy.ts refuses by its length, before anybody asks who sent it. */
export async function journalTooLarge(path: string, bytes: number, now = Date.now()): Promise<void> {
  if (lines.take('', 1, now) > 0) return
  const values = { path, bytes, limit: bodyLimit }
  const { refusal } = refuse('too-large', 'The request is too large.', { values })
  await withGate((tx) => record(tx, null, refused('request', 'unknown', refusal)))
}
