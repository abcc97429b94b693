import type { Sql } from '../../db/ledger/bulk'
import type { Position } from '../../db/ledger/chain'
import type { Part } from '../../db/ledger/compared'
import { findReconciledBlock } from '../../db/ledger/reconciliation'
import type { Watch } from '../watch'
import { askHolds } from './controls'
import type { Question } from './question'
import { askBalances, askStandings, askUses } from './values'

type Kind = 'balances' | 'standings' | 'holds' | 'uses'

/** The key beyond which the next page of each kind begins; a kind that is done is absent. */
export type Places = Partial<Record<Kind, readonly string[]>>

export const firstPlaces: Places = {
  balances: ['', ''],
  standings: [''],
  holds: ['', ''],
  uses: ['-1', ''],
}

const pageSize = 500
const sampled: Record<Kind, number> = { balances: 200, standings: 40, holds: 40, uses: 40 }

/** What changed since the last comparison, as far as it is not too much, and some of the rest. */
export async function askSample(sql: Sql, chainId: number, at: Position, watch: Watch): Promise<Question[]> {
  const changedAfter = await findReconciledBlock(sql, chainId)
  const asked: Question[] = []
  for (const [kind, ask] of Object.entries(kindsOf(sql, chainId, at, watch))) {
    const page = await ask({ changedAfter, most: sampled[kind as Kind] })
    asked.push(...page.asked)
  }
  return asked
}

/** One page of each kind. `next` is empty once nothing is left. */
export async function askPage(
  sql: Sql,
  chainId: number,
  at: Position,
  watch: Watch,
  places: Places,
): Promise<{ asked: Question[]; next: Places }> {
  const asked: Question[] = []
  const next: Places = {}
  for (const [kind, ask] of Object.entries(kindsOf(sql, chainId, at, watch))) {
    const beyond = places[kind as Kind]
    if (!beyond) continue
    const page = await ask({ beyond, most: pageSize })
    asked.push(...page.asked)
    if (page.keys.length === pageSize) next[kind as Kind] = page.keys.at(-1)!
  }
  return { asked, next }
}

type Ask = (part: Part) => Promise<{ asked: Question[]; keys: (readonly string[])[] }>

function kindsOf(sql: Sql, chainId: number, at: Position, watch: Watch): Partial<Record<Kind, Ask>> {
  const { registry, policy } = watch
  return {
    balances: async (part) => {
      const { rows, asked } = await askBalances(sql, chainId, part, watch)
      return { asked, keys: rows.map(({ instrument, account }) => [instrument, account]) }
    },
    holds: async (part) => {
      const { rows, asked } = await askHolds(sql, chainId, part, watch)
      return { asked, keys: rows.map(({ instrument, account }) => [instrument, account]) }
    },
    ...(registry && {
      standings: async (part: Part) => {
        const { rows, asked } = await askStandings(sql, chainId, part, registry)
        return { asked, keys: rows.map(({ address }) => [address]) }
      },
    }),
    ...(policy && {
      uses: async (part: Part) => {
        const { rows, asked } = await askUses(sql, chainId, part, at.time, policy)
        return { asked, keys: rows.map(({ scope, subject }) => [String(scope), subject]) }
      },
    }),
  }
}
