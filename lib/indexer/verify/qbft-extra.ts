import { type Address, fromRlp, type Hex } from 'viem'
import { Fault } from '../../errors/fault'
import type { Header } from '../decode/answers'
import { digitsOf, rlpInteger, rlpList, rlpString } from './rlp'

/** The `extraData` of a QBFT header: RLP of vanity, validators, a vote or an empty list, round, commit seals. */
export type QbftExtra = {
  vanity: Hex
  /** Those who seal this very block; none where a contract names them. */
  validators: Address[]
  vote: Vote | null
  round: Hex
  seals: Hex[]
}

/** Of the block's proposer, for or against a validator. `raw`: as it was written, 0xff for and nothing against. */
export type Vote = { validator: Address; add: boolean; raw: Hex }

/** @throws Fault `extra-data` */
export function readExtra({ number, hash, fields }: Header): QbftExtra {
  try {
    const [vanity, validators, vote, round, seals, ...more] = listOf(fromRlp(fields.extraData ?? '0x', 'hex'))
    if (more.length > 0) throw new Error('it has more than five parts')
    return {
      vanity: bytesOf(vanity, 32),
      validators: listOf(validators).map((validator) => bytesOf(validator, 20)),
      vote: readVote(listOf(vote)),
      round: readRound(bytesOf(round)),
      seals: listOf(seals).map((seal) => bytesOf(seal, 65)),
    }
  } catch (error) {
    const why = error instanceof Error ? error.message.split('\n')[0] : ''
    const what = `Block ${number}: its extraData is not that of a QBFT header: ${why}`
    throw new Fault('extra-data', what, { block: String(number), hash })
  }
}

/** The same with a round of choice and without seals: what is hashed (round 0) and what is sealed (its own round). */
export function sealable({ vanity, validators, vote }: QbftExtra, { round }: { round: Hex }): string {
  const set = rlpList(validators.map((validator) => `94${digitsOf(validator)}`).join(''))
  const voted = vote ? rlpList(`94${digitsOf(vote.validator)}${rlpString(digitsOf(vote.raw))}`) : 'c0'
  return rlpList(`${rlpString(digitsOf(vanity))}${set}${voted}${rlpInteger(round)}c0`)
}

type Rlp = Hex | readonly Rlp[] | undefined

function listOf(item: Rlp): readonly Rlp[] {
  if (Array.isArray(item)) return item
  throw new Error('a list is missing')
}

function bytesOf(item: Rlp, length?: number): Hex {
  if (typeof item === 'string' && (length === undefined || item.length === 2 + length * 2)) return item
  throw new Error(length === undefined ? 'a string is missing' : `a string of ${length} bytes is missing`)
}

function readVote(items: readonly Rlp[]): Vote | null {
  if (items.length === 0) return null
  const [validator, direction, ...more] = items
  const raw = bytesOf(direction)
  if (more.length > 0 || !['0xff', '0x00', '0x'].includes(raw))
    throw new Error('it has a vote of another form')
  return { validator: bytesOf(validator, 20), add: raw === '0xff', raw }
}

/** As a quantity. Besu's rounds are of 32 bits. */
function readRound(bytes: Hex): Hex {
  if (bytes.length > 10 || bytes.startsWith('0x00')) throw new Error('its round is not canonical')
  return bytes === '0x' ? '0x0' : `0x${BigInt(bytes).toString(16)}`
}
