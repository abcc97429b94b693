import {
  type Abi,
  type Address,
  encodeAbiParameters,
  encodeEventTopics,
  type Hex,
  numberToHex,
  pad,
} from 'viem'
import { instrumentAbi } from '../lib/chain/generated/instrument'
import type { Random } from './random'

/** The contracts of a ledger; each an Emitter, which emits what it is told. No script speaks as `spare`. */
export const parts = ['registry', 'policy', 'roles', 'orders', 'anchor', 'ours', 'foreign', 'spare'] as const
export type Part = (typeof parts)[number]
export type Entry = { topics: Hex[]; data: Hex }
/** One transaction: a part emits, or an instrument is asked for what it refuses. */
export type Act = { part: Part; entries: Entry[] } | { part: 'ours'; refused: Hex }

/** What the script remembers, so that what it says next is consistent. Copied at every block: a reorganisation forgets. */
export type Story = {
  firms: number
  identities: { address: Address; firm: number; country: number }[]
  accounts: { address: Address; identity: number }[]
  balances: Map<string, bigint>
  limits: Map<string, bigint>
  frozen: Map<Address, bigint>
  serial: number
  controls: number
}

/** A log as a contract with this interface emits it. */
export const say = (abi: Abi, eventName: string, args: Record<string, unknown>): Entry => {
  const event = abi.find((item) => item.type === 'event' && item.name === eventName)
  const inputs = event?.type === 'event' ? event.inputs.filter((input) => !input.indexed) : []
  return {
    topics: encodeEventTopics({ abi, eventName, args }) as Hex[],
    data: encodeAbiParameters(
      inputs,
      inputs.map((input) => args[input.name!]),
    ),
  }
}

export const word = (story: Story): Hex => numberToHex(++story.serial, { size: 32 })
export const addressOf = (prefix: string, number: number): Address =>
  pad(`0x${prefix}${number.toString(16).padStart(6, '0')}`, { size: 20 })
export const holder = (story: Story, random: Random): Address =>
  random.chance(0.1) ? addressOf('ee', random.below(3)) : random.pick(story.accounts).address

export const transfer = (from: Address, to: Address, value: bigint) =>
  say(instrumentAbi, 'Transfer', { from, to, value })
