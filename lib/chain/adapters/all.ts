import type { AbiEvent, Hex } from 'viem'
import { instrumentAbi } from '../generated/instrument'
import { type Adapter, type ForeignStandard, formsOf } from './adapter'
import { erc20 } from './erc20'
import { erc1404 } from './erc1404'
import { erc3643 } from './erc3643'
import { erc7943 } from './erc7943'
import { fiatToken } from './fiat-token'

/** The more a kind asks of a contract, the earlier it comes: the first that recognises a contract has it. */
export const adapters: readonly Adapter[] = [erc3643, erc1404, erc7943, fiatToken, erc20]

export type Standard = 'plimsoll' | ForeignStandard

const byStandard = new Map(adapters.map((adapter) => [adapter.standard, adapter]))
const forms = new Map<Standard, ReadonlyMap<Hex, AbiEvent[]>>([
  ...adapters.map(({ standard, events }) => [standard, formsOf(events)] as const),
  ['plimsoll', formsOf(instrumentAbi)],
])

/** Undefined of an instrument of ours. */
export const adapterOf = (standard: string): Adapter | undefined =>
  byStandard.get(standard as ForeignStandard)

/** Every event that instruments of a standard are known to say. */
export const eventsOf = (standard: Standard): ReadonlyMap<Hex, AbiEvent[]> => forms.get(standard)!

/** 'Plimsoll', 'ERC-3643' */
export const standardName = (standard: string): string => adapterOf(standard)?.name ?? 'Plimsoll'
