import { type Abi, type Address, decodeEventLog, type Hex } from 'viem'
import type { Deployment } from '../../lib/chain/deployment'
import { anchorAbi } from '../../lib/chain/generated/anchor'
import { identityRegistryAbi } from '../../lib/chain/generated/identity-registry'
import { instrumentAbi } from '../../lib/chain/generated/instrument'
import { limitPolicyAbi } from '../../lib/chain/generated/limit-policy'
import { ordersAbi } from '../../lib/chain/generated/orders'
import { rolesAbi } from '../../lib/chain/generated/roles'
import type { Tip } from './history'

/** Something that a contract of the deployment said. `say` gives an argument in lower case, `whole` as a number. */
export type Heard = {
  from: string
  event: string
  place: string
  time: bigint
  say: (name: string) => string
  whole: (name: string) => bigint
}

const transferAbi = instrumentAbi.filter((item) => item.type === 'event' && item.name === 'Transfer')
const heard = new WeakMap<Tip, Heard[]>()

/** What the block's contracts said that means anything, in order. Branches share blocks, so it is kept. */
export function heardIn(tip: Tip, deployment: Deployment): Heard[] {
  const before = heard.get(tip)
  if (before) return before
  const { registry, policy, roles, orders, anchor } = deployment
  const abis = new Map<Address, Abi>([
    [registry, identityRegistryAbi],
    [policy, limitPolicyAbi],
    [roles, rolesAbi],
    [orders, ordersAbi],
    [anchor, anchorAbi],
    ...deployment.instruments.map(({ address, standard }): [Address, Abi] => [
      address,
      standard === 'plimsoll' ? instrumentAbi : transferAbi,
    ]),
  ])
  const list: Heard[] = []
  for (const { address, topics, data, logIndex } of tip.receipts.flatMap(({ logs }) => logs)) {
    const abi = abis.get(address)
    // ERC-721 says Transfer too, with one topic more.
    if (!abi || topics.length === 0 || (abi === transferAbi && topics.length !== 3)) continue
    const place = `${tip.number} ${Number(logIndex)}`
    const event = readEvent(abi, topics, data)
    if (event) list.push({ from: address, place, time: tip.time, ...event })
  }
  heard.set(tip, list)
  return list
}

function readEvent(abi: Abi, topics: readonly Hex[], data: Hex) {
  try {
    const { eventName, args } = decodeEventLog({ abi, topics: topics as [Hex, ...Hex[]], data })
    const values = (args ?? {}) as unknown as Record<string, unknown>
    const say = (name: string) =>
      name === 'name' ? String(values[name]) : String(values[name]).toLowerCase()
    return { event: String(eventName), say, whole: (name: string) => BigInt(values[name] as bigint) }
  } catch {
    return undefined
  }
}
