import 'server-only'
import { getAddress } from 'viem'
import { may, type Officer } from '@/lib/auth/officer'
import { isLive } from '@/lib/auth/session'
import { withGate } from '@/lib/db/client'
import { listSessions } from '@/lib/db/session'
import { listWallets } from '@/lib/db/wallet'
import { env } from '@/lib/env'
import { getChain } from './environment'

export type AccountPage = {
  username: string
  name: string
  role: string
  sessions: AccountSession[]
  wallets: { address: string; boundAt: string }[]
  /** What the browser needs to bind one; null: this role signs nothing. */
  binding: { chain: { id: number; name: string }; demonstration: boolean } | null
}

/** Times are ISO 8601. `isThis` marks the session of the request. */
export type AccountSession = {
  id: string
  userAgent: string
  createdAt: string
  lastSeenAt: string
  expiresAt: string
  isThis: boolean
}

/** One's own, and nothing of anybody else: no permission is asked. */
export async function getAccountPage(officer: Officer): Promise<AccountPage> {
  const { chainId, demo, sessionIdleMinutes } = env()
  return withGate(async (tx) => {
    const sessions = await listSessions(tx, officer.personId)
    const wallets = await listWallets(tx, chainId, officer.personId)
    return {
      username: officer.username,
      name: officer.name,
      role: officer.role,
      sessions: sessions
        .filter((session) => isLive(session, sessionIdleMinutes * 60_000))
        .map(({ id, userAgent, createdAt, lastSeenAt, expiresAt }) => ({
          id,
          userAgent,
          createdAt: createdAt.toISOString(),
          lastSeenAt: lastSeenAt.toISOString(),
          expiresAt: expiresAt.toISOString(),
          isThis: id === officer.sessionId,
        })),
      wallets: wallets.map(({ address, boundAt }) => ({
        address: getAddress(address),
        boundAt: boundAt.toISOString(),
      })),
      binding: may(officer, 'bind:wallet') ? { chain: getChain(), demonstration: demo } : null,
    }
  })
}
