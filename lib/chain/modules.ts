import { type Address, type PublicClient, parseAbi } from 'viem'
import { kindNumber } from './orders'

/** Rules of instruments: modules that say by which kind of order they are changed (IOrderedModule). */

const moduleAbi = parseAbi([
  'function KIND() view returns (uint8)',
  'function cap() view returns (uint256)',
  'function MODE() view returns (uint8)',
  'function isListed(uint16 country) view returns (bool)',
])

export const ruleKinds = {
  country: kindNumber('SetCountryRule'),
  supply: kindNumber('SetSupplyCap'),
  holders: kindNumber('SetHolderCap'),
  preapproval: kindNumber('Preapprove'),
} as const

export type Rule =
  /** `allows`: whoever is of a listed country may hold, nobody else; otherwise those may not. */
  | { kind: 'country'; allows: boolean }
  | { kind: 'supply' | 'holders'; cap: bigint }
  | { kind: 'preapproval' }
  | { kind: 'other' }

/** What a module rules, as at a block. A contract that says no kind, or one unknown here, is another kind of rule. */
export async function readRule(client: PublicClient, module: Address, blockNumber?: bigint): Promise<Rule> {
  const call = { address: module, abi: moduleAbi, ...(blockNumber === undefined ? {} : { blockNumber }) }
  const kind = await client.readContract({ ...call, functionName: 'KIND' }).catch(() => 0)
  switch (kind) {
    case ruleKinds.country:
      return { kind: 'country', allows: (await client.readContract({ ...call, functionName: 'MODE' })) === 0 }
    case ruleKinds.supply:
      return { kind: 'supply', cap: await client.readContract({ ...call, functionName: 'cap' }) }
    case ruleKinds.holders:
      return { kind: 'holders', cap: await client.readContract({ ...call, functionName: 'cap' }) }
    case ruleKinds.preapproval:
      return { kind: 'preapproval' }
    default:
      return { kind: 'other' }
  }
}

export const readListed = (client: PublicClient, module: Address, country: number) =>
  client.readContract({ address: module, abi: moduleAbi, functionName: 'isListed', args: [country] })
