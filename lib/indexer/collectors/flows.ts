import { limitPolicyAbi } from '../../chain/generated/limit-policy'
import { listLogs } from '../../db/ledger/fact'
import { deleteFlowsFrom, type FlowRow, upsertFlows } from '../../db/ledger/flow'
import type { Collector } from '../collector'
import { addressIn, firmIn, topicOf, undecodable } from '../events'
import { scopes } from './limits'

const counted = topicOf(limitPolicyAbi, 'FlowCounted')

type CountedLog = Parameters<NonNullable<Collector['collect']>>[0]

/** Use of limits in hours of block time. Hours have no history of their own: they are made anew from kept logs. */
export const flows: Collector = {
  events: ({ policy }) => [[policy, counted]],
  collect: (log, { rows }) => count(log, rows.flows),
  write: (sql, chainId, rows) => upsertFlows(sql, chainId, [...rows.flows.values()]),

  discardAfter: async (sql, chainId, last, { policy }) => {
    if (!policy) return
    // Time never runs backwards from block to block, so only the hour of the last kept block is shared.
    const hour = last.time / 3600n
    await deleteFlowsFrom(sql, chainId, hour)
    const filter = { chainId, address: policy, topic0: counted, since: hour * 3600n, upTo: last.number }
    const kept = new Map<string, FlowRow>()
    for (const log of await listLogs(sql, filter)) count({ ...log, transactionHash: '0x' }, kept)
    await upsertFlows(sql, chainId, [...kept.values()])
  },
}

/** One for every settled transfer of ours, or batch of them, so read without the general decoder. */
function count(log: CountedLog, sums: Map<string, FlowRow>): void {
  const identity = addressIn(log.topics[1] ?? '')
  if (!identity || log.topics.length !== 4 || log.data.length !== 66)
    throw undecodable(log, 'FlowCounted', '')
  const firmId = firmIn(log, Number(BigInt(log.topics[2]!)))
  const hour = log.time / 3600n
  const value = BigInt(log.data)
  for (const [scope, subject] of [
    [scopes.identity, identity],
    [scopes.firm, String(firmId)],
  ] as const) {
    const key = `${scope} ${subject} ${hour}`
    const sum = sums.get(key)
    if (sum) sum.value += value
    else sums.set(key, { scope, subject, hour, value, firmId })
  }
}
