import {
  type Abi,
  type Address,
  type ContractEventName,
  type DecodeEventLogReturnType,
  decodeEventLog,
  encodeEventTopics,
  type Hex,
} from 'viem'
import { Fault } from '../errors/fault'
import type { PlacedLog } from './draft'

/** Topic 0 of an event. */
export const topicOf = <const TAbi extends Abi>(abi: TAbi, eventName: ContractEventName<TAbi>): Hex =>
  encodeEventTopics({ abi: abi as Abi, eventName: eventName as string })[0] as Hex

/** The event's arguments, or a Fault `undecodable-event`: our own contract said something we do not understand. */
export function decodeEvent<const TAbi extends Abi, TName extends ContractEventName<TAbi>>(
  abi: TAbi,
  eventName: TName,
  log: PlacedLog,
) {
  try {
    const topics = log.topics as [Hex, ...Hex[]]
    const decoded = decodeEventLog({
      abi: abi as Abi,
      eventName: eventName as string,
      topics,
      data: log.data,
    })
    return decoded.args as unknown as DecodeEventLogReturnType<TAbi, TName>['args']
  } catch (error) {
    throw undecodable(log, String(eventName), error instanceof Error ? error.message.split('\n')[0]! : '')
  }
}

/** The same of a contract that need not be ours: what it says in our words but not in our form means nothing. */
export function decodeEventOfAnybody<const TAbi extends Abi, TName extends ContractEventName<TAbi>>(
  abi: TAbi,
  eventName: TName,
  log: PlacedLog,
): DecodeEventLogReturnType<TAbi, TName>['args'] | undefined {
  try {
    return decodeEvent(abi, eventName, log)
  } catch (error) {
    if (error instanceof Fault) return undefined
    throw error
  }
}

export const undecodable = (log: PlacedLog, name: string, why: string) =>
  new Fault(
    'undecodable-event',
    `Block ${log.blockNumber}, log ${log.logIndex} of ${log.address}: no readable ${name}. ${why}`.trim(),
    { block: String(log.blockNumber), logIndex: log.logIndex, address: log.address },
  )

const zeros = `0x${'0'.repeat(24)}`

/** The address in a 32-byte word; undefined if the word is no address. */
export function addressIn(word: string): Address | undefined {
  return word.length === 66 && word.startsWith(zeros) ? `0x${word.slice(26)}` : undefined
}

/** PostgreSQL's INTEGER holds firm numbers, which are uint32 on chain. */
export function firmIn(log: PlacedLog, firm: number): number {
  if (firm < 2 ** 31) return firm
  throw undecodable(log, 'firm number', `${firm} is above 2^31 - 1.`)
}

/** UNIX seconds as PostgreSQL can hold them: what lies after the year 9999 is its end. */
export function timeIn(seconds: bigint): bigint {
  const last = 253_402_300_799n
  return seconds > last ? last : seconds
}

/** The same where zero is none. */
export const expiryIn = (seconds: bigint): bigint | null => (seconds === 0n ? null : timeIn(seconds))

/** The same where the largest uint64 says "until lifted". */
export const endIn = (seconds: bigint): bigint | null => (seconds === 2n ** 64n - 1n ? null : timeIn(seconds))
