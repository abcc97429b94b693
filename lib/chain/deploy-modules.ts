import type { Address } from 'viem'
import type { Sender } from './deploy-sender'
import type { DeployedModule } from './deployment'
import {
  countryRulesBytecode,
  holderCapBytecode,
  preapprovalBytecode,
  supplyCapBytecode,
} from './generated/bytecode'
import { countryRulesAbi } from './generated/country-rules'
import { holderCapAbi } from './generated/holder-cap'
import { preapprovalAbi } from './generated/preapproval'
import { supplyCapAbi } from './generated/supply-cap'

/** The rules of one instrument besides limits, which every one has. */
export type ModulesPlan = {
  /** ISO 3166-1 numbers: the only ones allowed, or the only ones refused. */
  countries?: { mode: 'allow' | 'restrict'; listed: number[] }
  /** Units of the instrument, inclusive. */
  supplyCap?: bigint
  /** Identities, inclusive. */
  holderCap?: number
  /** Each transfer needs an approval of its own. */
  preapproval?: boolean
}

/** Those of an instrument that is not there yet: `bindModules` comes after it. */
export async function deployModules(
  send: Sender,
  roles: Address,
  { countries, supplyCap, holderCap, preapproval }: ModulesPlan,
): Promise<DeployedModule[]> {
  const modules: DeployedModule[] = []
  if (countries) {
    const { mode, listed } = countries
    const made = [roles, mode === 'allow' ? 0 : 1, listed] as const
    const address = await send.deploy(countryRulesAbi, countryRulesBytecode, made)
    modules.push({ kind: mode === 'allow' ? 'countries-allowed' : 'countries-restricted', address })
  }
  if (supplyCap !== undefined) {
    const address = await send.deploy(supplyCapAbi, supplyCapBytecode, [roles, supplyCap])
    modules.push({ kind: 'supply-cap', address })
  }
  if (holderCap !== undefined) {
    const address = await send.deploy(holderCapAbi, holderCapBytecode, [roles, BigInt(holderCap)])
    modules.push({ kind: 'holder-cap', address })
  }
  if (preapproval) {
    const address = await send.deploy(preapprovalAbi, preapprovalBytecode, [roles])
    modules.push({ kind: 'preapproval', address })
  }
  return modules
}

/** Modules that keep books serve one instrument, from its first unit on. */
export async function bindModules(
  send: Sender,
  modules: readonly DeployedModule[],
  instrument: Address,
): Promise<void> {
  for (const { kind, address } of modules) {
    if (kind !== 'holder-cap' && kind !== 'preapproval') continue
    await send.call(address, { abi: holderCapAbi, functionName: 'bindInstrument', args: [instrument] })
  }
}
