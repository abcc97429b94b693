import 'server-only'
import type { Address } from 'viem'
import { createChainClient } from '@/lib/chain/client'
import { type Rule, readRule } from '@/lib/chain/modules'
import { noLimit } from '@/lib/compliance/limits'
import type { InstrumentRecord } from '@/lib/db/instrument'
import { env } from '@/lib/env'
import { formatAmount } from '@/lib/format/amount'
import { groupDigits } from '@/lib/format/number'
import type { AsOf } from './as-of'

export type RuleRow = {
  module: string
  /** 'Limit policy' */
  name: string
  /** What it says now; null where the node could not be asked. */
  says: string | null
  kind: Rule['kind'] | 'limits' | 'unknown'
  since: string
}

/** A module of an instrument as the index knows it. @property listed Countries by their names. */
export type Listed = { module: Address; since: Date; listed: string[] }

/** The index knows which modules there are; what they say is asked of the node, as at the same block. */
export async function ruleOf(
  { module, since, listed }: Listed,
  { decimals, symbol }: Pick<InstrumentRecord, 'decimals' | 'symbol'>,
  asOf: AsOf,
): Promise<RuleRow> {
  const { deployment, rpcUrls } = env()
  const row = { module, since: since.toISOString() }
  if (module === deployment.policy.toLowerCase()) {
    return { ...row, name: 'Limit policy', kind: 'limits', says: 'Limits of tiers, customers and firms' }
  }
  const rule = await readRule(createChainClient(rpcUrls), module, BigInt(asOf.block)).catch(() => undefined)
  return { ...row, kind: rule?.kind ?? 'unknown', ...wordsOf(rule, { decimals, symbol, listed }) }
}

type Unit = { decimals: number; symbol: string; listed: readonly string[] }

function wordsOf(rule: Rule | undefined, { decimals, symbol, listed }: Unit): Pick<RuleRow, 'name' | 'says'> {
  switch (rule?.kind) {
    case undefined:
      return { name: 'Rule', says: null }
    case 'country':
      return {
        name: 'Country rule',
        says:
          listed.length === 0
            ? `${rule.allows ? 'No' : 'Every'} country: none is listed`
            : `${rule.allows ? 'Only' : 'No'} holders of ${listed.join(', ')}`,
      }
    case 'supply': {
      const most = `At most ${formatAmount(rule.cap, decimals)} ${symbol}`
      return { name: 'Supply cap', says: rule.cap === noLimit ? 'No cap' : most }
    }
    case 'holders': {
      const most = `At most ${groupDigits(rule.cap)} identities`
      return { name: 'Holder cap', says: rule.cap === noLimit ? 'No cap' : most }
    }
    case 'preapproval':
      return { name: 'Pre-approval', says: 'Each transfer is allowed once, by an officer' }
    case 'other':
      return { name: 'Other rule', says: 'Says no kind of its own' }
  }
}
