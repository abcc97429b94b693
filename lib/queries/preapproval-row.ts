import 'server-only'
import type { Officer } from '@/lib/auth/officer'
import { listAccountParties } from '@/lib/db/account-party'
import type { Tx } from '@/lib/db/client'
import { listPreapprovals, type PreapprovalFilter, type PreapprovalState } from '@/lib/db/preapproval'
import { type StandingBy, standingBy } from './trust'

/** A transfer that an officer allowed once. Amounts in the smallest unit, as decimal text; times ISO 8601. */
export type PreapprovalRow = {
  key: string
  from: PreapprovalParty
  to: PreapprovalParty
  amount: string
  state: PreapprovalState
  /** Exclusive; null: never. */
  until: string | null
  endedAt: string | null
} & StandingBy

/** Names are null where the reader may not know whose account it is. */
export type PreapprovalParty = {
  account: string
  firm: string | null
  customer: { identity: string; name: string } | null
}

/** Newest first. A firm gets those of its own senders: the database gives it no others. */
export async function preapprovalRows(
  tx: Tx,
  officer: Officer,
  filter: PreapprovalFilter,
): Promise<PreapprovalRow[]> {
  if (filter.modules.length === 0) return []
  const records = await listPreapprovals(tx, filter)
  const accounts = records.flatMap(({ from, to }) => [from, to])
  const parties = await listAccountParties(tx, filter.chainId, accounts)
  const by = await standingBy(tx, officer, filter.chainId, records)
  const partyOf = (account: string): PreapprovalParty => {
    const party = parties.find((each) => each.account === account)
    return {
      account,
      firm: party?.firmName ?? null,
      customer: party ? { identity: party.identity, name: party.reference ?? party.identity } : null,
    }
  }
  return records.map((record) => ({
    key: `${record.blockNumber} ${record.logIndex}`,
    from: partyOf(record.from),
    to: partyOf(record.to),
    amount: String(record.amount),
    state: record.state,
    until: record.expiresAt?.toISOString() ?? null,
    endedAt: record.endedAt?.toISOString() ?? null,
    ...by({ orderId: record.orderId, since: record.time }),
  }))
}
