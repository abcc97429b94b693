import type { Hex } from 'viem'
import { Fault } from '../../errors/fault'
import { type Header, headerFieldNames, quantityFields } from '../decode/answers'
import { keccakDigits } from './keccak'
import { readExtra, sealable } from './qbft-extra'
import { digitsOf, rlpInteger, rlpList, rlpString } from './rlp'
import type { Consensus } from './rules'

/** Which `extraData` the hash is made with: QBFT leaves out what comes after the proposal, plain EVM nothing. */
const hashedExtra: Record<Consensus, (header: Header) => string> = {
  plain: ({ fields }) => digitsOf(fields.extraData ?? '0x'),
  qbft: (header) => sealable(readExtra(header), { round: '0x0' }),
}

export const hashHeader = (header: Header, consensus: Consensus): Hex =>
  `0x${keccakDigits(encodeHeader(header, hashedExtra[consensus](header)))}`

/** The RLP list of all header fields, up to the last one that the fork knows. @param extra Digits in place of its own. */
export function encodeHeader(header: Header, extra: string): string {
  let list = ''
  let absent: string | undefined
  for (const name of headerFieldNames) {
    const value = header.fields[name]
    if (value === undefined) {
      absent ??= name
      continue
    }
    if (absent) throw lacking(absent, `The header has ${name} but not ${absent}`)
    if (name === 'extraData') list += rlpString(extra)
    else list += quantityFields.has(name) ? rlpInteger(value) : rlpString(digitsOf(value))
  }
  if (absent && headerFieldNames.indexOf(absent as never) < 15)
    throw lacking(absent, `The header lacks ${absent}`)
  return rlpList(list)
}

const lacking = (field: string, what: string) => new Fault('bad-shape', what, { field })
