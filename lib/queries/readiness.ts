import 'server-only'
import { createUpstreams } from '@/lib/chain/upstreams'
import { withGate } from '@/lib/db/client'
import { findCursor } from '@/lib/db/cursor'
import { env } from '@/lib/env'

export type Readiness = {
  ok: boolean
  /** Why not, in words that name no host and no secret. */
  reasons: string[]
  /** Blocks between the node's head and what is indexed; a portal that is behind still serves, and says so. */
  lag: number | null
}

const timeout = 2000

const keptMs = 1000
let last: { until: number; answer: Promise<Readiness> } | undefined

/**
 * Whether this process can serve: the database answers with our tables, and the chain is the one configured. Anybody
 * may ask, so it is found out once a second at most, and once for all who ask meanwhile.
 */
export function getReadiness(): Promise<Readiness> {
  if (last && Date.now() < last.until) return last.answer
  const asked = { until: Number.POSITIVE_INFINITY, answer: findReadiness() }
  last = asked
  void asked.answer.finally(() => {
    asked.until = Date.now() + keptMs
  })
  return asked.answer
}

async function findReadiness(): Promise<Readiness> {
  const [database, chain] = await Promise.all([askDatabase(), askChain()])
  const reasons: string[] = [database, chain].flatMap((answer) => (answer.ok ? [] : [answer.reason]))
  const lag =
    database.ok && database.indexed !== null && chain.ok ? Math.max(0, chain.head - database.indexed) : null
  if (database.ok && database.haltReason) reasons.push('The index has halted.')
  return { ok: reasons.length === 0, reasons, lag }
}

async function askDatabase() {
  try {
    const cursor = await withGate((tx) => findCursor(tx, env().chainId))
    return {
      ok: true,
      indexed: cursor ? Number(cursor.number) : null,
      haltReason: cursor?.haltReason,
    } as const
  } catch {
    return { ok: false, reason: 'The database does not answer, or is not migrated.' } as const
  }
}

async function askChain() {
  try {
    const rpc = createUpstreams(
      env().rpcUrls.map((url) => ({ url })),
      { timeout },
    )
    const [chainId, head] = await Promise.all([rpc.call('eth_chainId'), rpc.call('eth_blockNumber')])
    if (Number(chainId) === env().chainId) return { ok: true, head: Number(head) } as const
    return { ok: false, reason: `The node serves chain ${Number(chainId)}.` } as const
  } catch {
    return { ok: false, reason: 'The chain does not answer.' } as const
  }
}
