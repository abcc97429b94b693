import type { Address } from 'viem'
import { countryRulesAbi } from '../../chain/generated/country-rules'
import { preapprovalAbi } from '../../chain/generated/preapproval'
import { supplyCapAbi } from '../../chain/generated/supply-cap'
import { deleteAfter } from '../../db/ledger/bulk'
import { insertCountryRules, insertModuleCaps, insertPreapprovals } from '../../db/ledger/module'
import type { Collector } from '../collector'
import { type Draft, type PlacedLog, placeOf } from '../draft'
import { addressIn, decodeEventOfAnybody, endIn, topicOf } from '../events'
import { lower } from '../watch'

const listed = topicOf(countryRulesAbi, 'CountryListed')
/** HolderCap says the same in the same words. */
const capSet = topicOf(supplyCapAbi, 'CapSet')
const approved = topicOf(preapprovalAbi, 'TransferApproved')
const consumed = topicOf(preapprovalAbi, 'ApprovalConsumed')

/**
 * Rules that modules carry: countries, caps, approvals of single transfers. A module is at work, and may be given rules,
 * before any instrument names it: so any contract's are read, and those count that an instrument asks.
 */
export const moduleRules: Collector = {
  anywhere: ({ orders }) => (orders ? [listed, capSet, approved, consumed] : []),
  want: (log, wanted) => {
    const isApproval = log.topics[0] === approved || log.topics[0] === consumed
    const from = isApproval && addressIn(log.topics[1] ?? '')
    if (from) wanted.accounts.add(from)
  },
  collect: (log, draft) => {
    if (log.topics[0] === listed) collectCountry(log, draft)
    else if (log.topics[0] === capSet) collectCap(log, draft)
    else collectApproval(log, draft)
  },
  write: async (sql, chainId, rows) => {
    await insertCountryRules(sql, chainId, rows.countryRules)
    await insertModuleCaps(sql, chainId, rows.moduleCaps)
    await insertPreapprovals(sql, chainId, rows.preapprovals)
  },
  discardAfter: async (sql, chainId, last) => {
    for (const table of ['country_rule', 'module_cap', 'preapproval'])
      await deleteAfter(sql, table, chainId, last.number)
  },
}

const by = (log: PlacedLog) => ({ ...placeOf(log), module: log.address })

function collectCountry(log: PlacedLog, { rows }: Draft): void {
  const event = decodeEventOfAnybody(countryRulesAbi, 'CountryListed', log)
  if (event) rows.countryRules.push({ ...by(log), ...event })
}

function collectCap(log: PlacedLog, { rows }: Draft): void {
  const event = decodeEventOfAnybody(supplyCapAbi, 'CapSet', log)
  if (!event) return
  const { capBefore: before, cap: after, orderId } = event
  rows.moduleCaps.push({ ...by(log), before, after, orderId })
}

function collectApproval(log: PlacedLog, draft: Draft): void {
  if (log.topics[0] === consumed) {
    const event = decodeEventOfAnybody(preapprovalAbi, 'ApprovalConsumed', log)
    const ended = { act: 'consumed', expiresAt: null, orderId: null } as const
    if (event) draft.rows.preapprovals.push({ ...by(log), ...between(event, draft), ...ended })
    return
  }
  const event = decodeEventOfAnybody(preapprovalAbi, 'TransferApproved', log)
  if (!event) return
  const { expiresAt, orderId } = event
  draft.rows.preapprovals.push({
    ...{ ...by(log), ...between(event, draft), orderId },
    act: expiresAt === 0n ? 'withdrawn' : 'approved',
    expiresAt: expiresAt === 0n ? null : endIn(expiresAt),
  })
}

function between(event: { from: Address; to: Address; amount: bigint }, { known }: Draft) {
  const from = lower(event.from)
  const firmId = known.accounts.get(from)?.firmId ?? null
  return { from, to: lower(event.to), amount: event.amount, firmId }
}
